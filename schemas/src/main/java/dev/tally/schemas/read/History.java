package dev.tally.schemas.read;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The increments of one counter by event time, in buckets. Exact from {@code earliest} on. Older buckets are no longer
 * retained, so they are unknown, not zero.
 *
 * @param earliest the number of the first retained bucket, as {@link Step#bucket} counts them; null if none of this step is
 * @param buckets the requested buckets that are retained and not empty, ascending
 */
public record History(@Nullable Long earliest, List<Bucket> buckets) {
    /**
     * @param number the bucket's number, as {@link Step#bucket} counts
     * @param delta the sum of the increments; with corrections in between it can exceed 64 bits although the total never did
     */
    public record Bucket(long number, BigInteger delta) {}

    public History {
        buckets = List.copyOf(buckets);
    }
}
