package dev.tally.streams.state.store;

import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.streams.state.ids.RememberedId;
import dev.tally.streams.state.ids.RememberedIds;
import dev.tally.streams.state.serving.CounterView.CountedEvent;
import org.jspecify.annotations.Nullable;

/** The outcomes of processed events, as far as the remembered IDs and the latest overflows show them. Any thread. */
final class Outcomes {
    private final RememberedIds ids;
    private final Overflows overflows;

    Outcomes(RememberedIds ids, Overflows overflows) {
        this.ids = ids;
        this.overflows = overflows;
    }

    /**
     * Like {@link CounterView#outcome}.
     *
     * @param streamTime the stream time at which the event or a later one was processed
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
        // After the window the event would have been applied. Since it was not, it overflowed.
        if (!noOverflow && !ids.isWithinWindow(applied, streamTime)) {
            return new CountedEvent(EventOutcome.FORGOTTEN, null);
        }
        return applied.content().equals(content)
                ? new CountedEvent(EventOutcome.DUPLICATE, null)
                : new CountedEvent(EventOutcome.ID_REUSED, applied);
    }
}
