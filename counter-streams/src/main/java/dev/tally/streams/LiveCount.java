package dev.tally.streams;

import dev.tally.streams.topology.CountingMetrics;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A count of the live generation on this instance. It goes on where it was when another generation becomes live: what that one has
 * counted before is not in it. Thread-safe.
 */
final class LiveCount {
    private final ToLongFunction<CountingMetrics> count;
    private long before;
    private long atBegin;
    private @Nullable CountingMetrics live;

    /** @param count reads the count of one generation */
    LiveCount(ToLongFunction<CountingMetrics> count) {
        this.count = count;
    }

    synchronized double value() {
        return before + sinceBegin();
    }

    /** Called with the generation that is live now, each time that the record is followed. */
    synchronized void live(CountingMetrics now) {
        if (now != live) {
            before += sinceBegin();
            live = now;
            atBegin = count.applyAsLong(now);
        }
    }

    private long sinceBegin() {
        return live == null ? 0 : count.applyAsLong(live) - atBegin;
    }
}
