package dev.tally.schemas.name;

import org.apache.kafka.common.utils.Utils;

/**
 * The placement function: maps a counter to its partition of {@code tally.events}. Ingest writes by it, counting rejects
 * events that are on another partition, and query-api routes by it. Kafka's default partitioner maps a key in the same way.
 */
public final class Placement {
    /** The maximum number of partitions of a topic. With more, a receipt of a write to each could be too long for a request. */
    public static final int PARTITIONS_MAX = 345;

    private Placement() {}

    /** The partition of a key, from 0 to {@code partitions - 1}. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
