package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.streams.state.CounterView.CountedEvent;
import org.jspecify.annotations.Nullable;

/** What became of events that were dealt with, as far as the remembered ids and the latest overflows tell. Any thread. */
final class Outcomes {
    private final RememberedIds ids;
    private final Overflows overflows;

    Outcomes(RememberedIds ids, Overflows overflows) {
        this.ids = ids;
        this.overflows = overflows;
    }

    /**
     * As {@link CounterView#outcome}.
     *
     * @param streamTime at which the event or a later one was dealt with
     */
    CountedEvent of(byte[] key, long offset, EventContent content, byte @Nullable [] id, long streamTime) {
        if (overflows.contains(offset)) {
            return new CountedEvent(EventOutcome.OVERFLOW, null);
        }
        boolean noOverflow = offset > overflows.knownAfter();
        if (id == null) {
            return new CountedEvent(noOverflow ? EventOutcome.APPLIED : EventOutcome.FORGOTTEN, null);
        }
        RememberedId applied = ids.find(key, id);
        if (applied == null || applied.offset() > offset) {
            return new CountedEvent(EventOutcome.FORGOTTEN, null);
        }
        if (applied.offset() == offset) {
            return new CountedEvent(EventOutcome.APPLIED, null);
        }
        // Past the window the event was to be applied, and that it was not says that it overflowed.
        if (!noOverflow && !ids.isWithinWindow(applied, streamTime)) {
            return new CountedEvent(EventOutcome.FORGOTTEN, null);
        }
        return applied.content().equals(content)
                ? new CountedEvent(EventOutcome.DUPLICATE, null)
                : new CountedEvent(EventOutcome.ID_REUSED, applied);
    }
}
