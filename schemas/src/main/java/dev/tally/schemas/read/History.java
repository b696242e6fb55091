package dev.tally.schemas.read;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was added to one counter, by the time at which it occurred. Exact from {@code earliest} on; what is older is no longer
 * kept, which is not zero.
 *
 * @param earliest the number of the first bucket that is kept, as {@link Step#bucket} counts them; null if none of this step are
 * @param buckets those that were asked for, are kept, and in which something was added; ascending
 */
public record History(@Nullable Long earliest, List<Bucket> buckets) {
    /**
     * @param number as {@link Step#bucket} counts
     * @param delta the sum of what was added; with corrections in between it can leave 64 bits though the total never did
     */
    public record Bucket(long number, BigInteger delta) {}

    public History {
        buckets = List.copyOf(buckets);
    }
}
