package dev.tally.system.log;

import dev.tally.system.log.LogModel.EventOutcome;
import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One counter as of an offset in its partition, and how it was reached, computed by the simplest possible counting.
 *
 * @param adds since the counter came to exist, as are {@code sets} and {@code duplicates}; {@code deletes} counts all
 * @param first the receipt of the event that made the counter exist, null if it does not exist
 * @param added the sum of the deltas since the counter came to exist, by the millisecond at which they occurred
 */
public record CounterPast(
        long adds,
        long sets,
        long deletes,
        long duplicates,
        @Nullable String first,
        @Nullable String last,
        TreeMap<Long, BigInteger> added) {

    static CounterPast upTo(long offset, List<LoggedEvent> ofCounter, LogModel log) {
        Counting counting = new Counting();
        for (LoggedEvent event : ofCounter) {
            if (event.offset() <= offset) {
                counting.apply(event, log.outcome(event.receipt()));
            }
        }
        return new CounterPast(
                counting.adds,
                counting.sets,
                counting.deletes,
                counting.duplicates,
                counting.first,
                counting.first == null ? null : counting.last,
                counting.added);
    }

    public boolean exists() {
        return first != null;
    }

    /** The sum of the deltas from one time (inclusive) to another (exclusive), in milliseconds since 1970. */
    public BigInteger added(long from, long to) {
        return added.subMap(from, to).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static final class Counting {
        private long adds;
        private long sets;
        private long deletes;
        private long duplicates;
        private @Nullable String first;
        private @Nullable String last;
        private TreeMap<Long, BigInteger> added = new TreeMap<>();

        void apply(LoggedEvent event, EventOutcome outcome) {
            if (outcome == EventOutcome.DUPLICATE && first != null) {
                duplicates++;
            }
            if (outcome != EventOutcome.APPLIED || event.operation() == null) {
                return;
            }
            switch (event.operation()) {
                case ADD -> {
                    appear(event);
                    adds++;
                    added.merge(event.occurredAt(), BigInteger.valueOf(event.value()), BigInteger::add);
                }
                case SET -> {
                    appear(event);
                    sets++;
                }
                case DELETE -> disappear();
                case UNKNOWN -> throw new AssertionError(event);
            }
            last = event.receipt();
        }

        private void appear(LoggedEvent event) {
            if (first == null) {
                first = event.receipt();
            }
        }

        private void disappear() {
            if (first != null) {
                deletes++;
                first = null;
                adds = 0;
                sets = 0;
                duplicates = 0;
                added = new TreeMap<>();
            }
        }
    }
}
