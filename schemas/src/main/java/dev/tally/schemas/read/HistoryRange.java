package dev.tally.schemas.read;

/**
 * The requested buckets of a history.
 *
 * @param from the number of the first bucket, as {@link Step#bucket} counts them
 * @param to the number of the bucket after the last one
 */
public record HistoryRange(Step step, long from, long to) {
    public static final int BUCKETS_MAX = 10_000;

    public HistoryRange {
        // The difference of two distant numbers overflows and is negative then.
        if (to <= from || to - from < 0 || to - from > BUCKETS_MAX) {
            throw new IllegalArgumentException(
                    "from, to: " + from + ", " + to + " (expected: 1 to " + BUCKETS_MAX + " buckets)");
        }
    }
}
