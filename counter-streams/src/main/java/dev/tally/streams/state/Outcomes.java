package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.Fate;
import dev.tally.streams.state.CounterView.Outcome;
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
     * @param logTime at which the event or a later one was dealt with
     */
    Outcome of(byte[] key, long offset, EventContent content, byte @Nullable [] id, long logTime) {
        if (overflows.contains(offset)) {
            return new Outcome(Fate.OVERFLOW, null);
        }
        boolean noOverflow = offset > overflows.knownAfter();
        if (id == null) {
            return new Outcome(noOverflow ? Fate.APPLIED : Fate.FORGOTTEN, null);
        }
        RememberedId applied = ids.find(key, id);
        if (applied == null || applied.offset() > offset) {
            return new Outcome(Fate.FORGOTTEN, null);
        }
        if (applied.offset() == offset) {
            return new Outcome(Fate.APPLIED, null);
        }
        // Past the window the event was to be applied, and that it was not says that it overflowed.
        if (!noOverflow && !ids.isWithinWindow(applied, logTime)) {
            return new Outcome(Fate.FORGOTTEN, null);
        }
        return applied.content().equals(content)
                ? new Outcome(Fate.DUPLICATE, null)
                : new Outcome(Fate.ID_REUSED, applied);
    }
}
