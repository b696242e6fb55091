package dev.tally.standalone.audit;

import dev.tally.Operation;
import org.jspecify.annotations.Nullable;

/** What a bucket contains about a counter: first what the API claims, then its events in offset order. */
sealed interface BucketEntry {
    /** The counter's key in Kafka. */
    byte[] key();

    /**
     * @param offset the offset of the counter's partition up to which the claim is exact, or {@link PageRanges#NOTHING}
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, and not compared
    record Claim(byte[] key, CounterValue value, long offset) implements BucketEntry {}

    /**
     * An event that satisfies all conditions that do not depend on other events.
     *
     * @param operation ADD, SET or DELETE
     * @param streamTime the maximum append time of the partition up to this event, in milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, and not compared
    record Event(byte[] key, @Nullable String id, Operation operation, long value, long offset, long streamTime)
            implements BucketEntry {}
}
