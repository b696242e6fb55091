package dev.tally.schemas.name;

import org.apache.kafka.common.utils.Utils;

/**
 * The one placement function: which partition of {@code tally.events} a counter lives on. Ingest writes by it, counting
 * refuses what disagrees with it, and query-api routes by it. It is what Kafka's own default partitioner does with a key.
 */
public final class Placement {
    private Placement() {}

    /** The partition of a key, from 0 to {@code partitions - 1}. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
