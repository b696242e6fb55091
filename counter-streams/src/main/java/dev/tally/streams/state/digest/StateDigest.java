package dev.tally.streams.state.digest;

/**
 * The digest of a partition's state as of one record. It depends only on what the state means, not on how it is stored: two states
 * that were counted from the same log with the same parameters have equal digests.
 *
 * <p>It covers every field of each counter, including that of deleted ones, and every retained bucket of its history. It does not
 * cover the remembered IDs, except by what they have decided (the totals and the numbers of duplicates), nor the index of the
 * largest totals, which is derived from the totals.
 *
 * @param offset the applied offset: that of the last record at or before the requested offset; -1 if there is none
 * @param streamTime the stream time at that record, in milliseconds since 1970; -1 if there is none
 * @param within the bucket whose counters were digested, or {@link DigestRequest#ALL}
 * @param counters the number of digested counters that exist
 * @param deletedCounters the number of digested counters that were deleted and not changed since
 * @param buckets the sums of the digested counters
 * @param details the requested counters
 */
public record StateDigest(
        long offset,
        long streamTime,
        int within,
        long counters,
        long deletedCounters,
        BucketSums buckets,
        CounterDetails details) {}
