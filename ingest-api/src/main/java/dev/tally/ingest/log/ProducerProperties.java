package dev.tally.ingest.log;

import static org.apache.kafka.clients.producer.ProducerConfig.*;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The properties of the producer behind {@link KafkaEventLog}. */
public final class ProducerProperties {
    /** An append ends, with any outcome, within this time and a little more. */
    static final int DELIVERY_TIMEOUT_MILLIS = 10_000;

    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

    /** Defaults that an operator may override. */
    public static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry(CLIENT_ID_CONFIG, "tally-ingest"),
            // While one request is in flight the next batch fills, so no linger is needed. No batch can be appended
            // before an earlier one that the broker refused and that is retried.
            Map.entry(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
            Map.entry(LINGER_MS_CONFIG, 0),
            Map.entry(BATCH_SIZE_CONFIG, 64 << 10),
            Map.entry(COMPRESSION_TYPE_CONFIG, "none"),
            Map.entry(ENABLE_METRICS_PUSH_CONFIG, false),
            Map.entry(RECONNECT_BACKOFF_MAX_MS_CONFIG, 500));

    /** Properties that a guarantee of ingest-api depends on. An operator cannot override them. */
    public static final Map<String, Object> GUARANTEED = Map.ofEntries(
            // A 202 means that all in-sync replicas have the event, once.
            Map.entry(ACKS_CONFIG, "all"),
            Map.entry(ENABLE_IDEMPOTENCE_CONFIG, true),
            Map.entry(RETRIES_CONFIG, Integer.MAX_VALUE),
            // send() runs on IO threads and never blocks.
            Map.entry(MAX_BLOCK_MS_CONFIG, 0),
            // More than the bound on in-flight bytes, for batches that are partly empty, so that the buffer is never
            // exhausted.
            Map.entry(BUFFER_MEMORY_CONFIG, 192L << 20),
            // The monitor requests metadata ten times a second. A process that was suspended for a day still has the
            // metadata of its topic.
            Map.entry(METADATA_MAX_IDLE_CONFIG, 7L * 24 * 3600 * 1000),
            // Every POST is answered in bounded time.
            Map.entry(DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS),
            Map.entry(REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS),
            // Placement chooses the partitions, so the statistics of the producer's own partitioner are not needed.
            Map.entry(PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG, false),
            Map.entry(KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
            Map.entry(VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()));

    /** With a transactional ID, nothing would be acknowledged before a commit, and ingest-api never commits. */
    public static final Set<String> FORBIDDEN = Set.of(TRANSACTIONAL_ID_CONFIG);

    private ProducerProperties() {}
}
