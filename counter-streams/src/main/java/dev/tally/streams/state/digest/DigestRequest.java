package dev.tally.streams.state.digest;

import java.util.Set;

/**
 * A request for the digest of a partition's state as of an offset. Two states are compared as of the same offset, first by all
 * counters; then by the counters of a bucket that differs ({@link #within}), which are split into buckets again; then by the
 * details of the counters in the buckets that differ.
 *
 * @param offset the state is digested as of the last record at or before this offset
 * @param within the bucket whose counters are digested, or {@link #ALL}
 * @param details the buckets whose counters are listed
 * @param detailsMax the maximum number of listed counters
 */
public record DigestRequest(long offset, int within, Set<Integer> details, int detailsMax) {
    /** The counters of all buckets. */
    public static final int ALL = -1;

    public static final int DETAILS_DEFAULT = 200;
    public static final int DETAILS_MAX = 1_000;

    public DigestRequest {
        details = Set.copyOf(details);
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
        }
        if (within < ALL || within >= BucketSums.BUCKETS) {
            throw new IllegalArgumentException(
                    "within: " + within + " (expected: -1.." + (BucketSums.BUCKETS - 1) + ")");
        }
        if (detailsMax < 0 || detailsMax > DETAILS_MAX) {
            throw new IllegalArgumentException("detailsMax: " + detailsMax + " (expected: 0.." + DETAILS_MAX + ")");
        }
        for (int bucket : details) {
            if (bucket < 0 || bucket >= BucketSums.BUCKETS) {
                throw new IllegalArgumentException(
                        "details: " + bucket + " (expected: 0.." + (BucketSums.BUCKETS - 1) + ")");
            }
        }
    }

    /** The digest of all counters, without details. */
    public static DigestRequest asOf(long offset) {
        return new DigestRequest(offset, ALL, Set.of(), DETAILS_DEFAULT);
    }

    /** The same for the counters of one bucket only, split into buckets by another part of their hash. */
    public DigestRequest within(int bucket) {
        return new DigestRequest(offset, bucket, details, detailsMax);
    }

    /** The same, with a list of the counters in some buckets. */
    public DigestRequest withDetails(Set<Integer> buckets, int max) {
        return new DigestRequest(offset, within, buckets, max);
    }
}
