package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.rocksdb.BoundedRocksDb;
import dev.tally.streams.state.rocksdb.StateMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;

/** The configuration of Kafka Streams, and the properties that a guarantee depends on and a deployment cannot change. */
public final class StreamsProperties {
    /** Session timeout: a member without heartbeats for this time loses its partitions to other members. */
    static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private static final int HEARTBEAT_INTERVAL_MILLIS = 1_000;
    /** The maximum interval. Earlier commits are requested at low record rates or for a waiting reader, see FlushScheduler. */
    private static final int COMMIT_INTERVAL_MILLIS = 1_000;

    /** The maximum wait of a thread for records before it runs its tasks. Records, flushes and commits end the wait. */
    private static final int POLL_MILLIS = 250;

    private static final int POLL_RECORDS_MAX = 5_000;
    private static final int EVENTS_BUFFERED_MAX = 10_000;
    /** Each record that Streams buffers is a run of events. Streams pauses the partition above this number of runs. */
    private static final int RUNS_BUFFERED_MAX = EVENTS_BUFFERED_MAX / EventRuns.EVENTS_MAX;

    /** A commit sends thousands of small records to few partitions; a batch of Kafka's default 16 KiB holds 300 of them. */
    private static final int BATCH_BYTES_MAX = 128 << 10;
    /** The largest rejected record is an event of the largest size and its headers; see Topics. */
    private static final int REQUEST_BYTES_MAX = 9 << 20;
    /**
     * The time without progress of a task after which its thread fails. While Kafka is unavailable, reads are NotReady and
     * /readyz reports it; to wait is better than to exit and restart into the same outage.
     */
    private static final long TASK_TIMEOUT_MILLIS = 24L * 60 * 60 * 1000;

    /**
     * A new cluster creates the topics of offsets and transactions when the first client asks, which fails until then. The pause
     * doubles with each retry, up to Kafka's default of one second; the first one is 100 ms by default.
     */
    private static final int RETRY_BACKOFF_MILLIS = 20;

    /** Kafka's constant of this name is deprecated. */
    private static final String GLOBAL_EXCEPTION_HANDLER = "processing.exception.handler.global.enabled";

    private static final Map<String, Object> HANDLERS = Map.of(
            // Stream time is based on the brokers' append times: another extractor would change windows and expiry.
            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
            FailOnInvalidTimestamp.class.getName(),
            // A handler that continues would silently drop an event, a change of the state, or a total of the feed.
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailExceptionHandler.class.getName(),
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailProcessingExceptionHandler.class.getName(),
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            DefaultProductionExceptionHandler.class.getName());

    private StreamsProperties() {}

    /**
     * The properties that a deployment cannot change, with their values.
     *
     * @param applicationId the group ID, which contains the generation
     * @param instanceId the ID of this static member of the group
     */
    public static Map<String, Object> guarantees(String applicationId, String instanceId) {
        Map<String, Object> fixed = new HashMap<>();
        fixed.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        // Each event is applied once: offsets, changelog and totals are committed in one transaction.
        fixed.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // The streams protocol of 4.3.1 loses the metadata of members and has no static membership.
        fixed.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        fixed.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        fixed.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        fixed.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        // The membership lease is half of it, see Heartbeats.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_INTERVAL_MILLIS);
        // A group without offsets starts at the log's beginning; records up to the applied offset are skipped.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Events of aborted or open transactions must not be counted, and their changelog records must not be restored.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        // Committed records are on all in-sync replicas, as acknowledged events are.
        fixed.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        fixed.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        fixed.putAll(HANDLERS);
        return fixed;
    }

    /** The default values, which a deployment can override. */
    public static Map<String, Object> defaults(int replicationFactor) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        // Kafka's default causes ten iterations per second of half a millisecond each, even in an idle system.
        defaults.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        defaults.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        if (replicationFactor != Topics.REPLICATION_OF_THE_CLUSTER) {
            // As for the other topics: if unset, the cluster's default applies.
            defaults.put(
                    StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                    replicationFactor >= 3 ? "2" : "1");
        }
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L); // the store does its own write-behind
        defaults.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RUNS_BUFFERED_MAX);
        // A task has one input partition: there is no other one to wait for, or to check for each record.
        defaults.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        defaults.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT_MILLIS);
        // There is no global thread. If unset, every start logs a warning that its default will change. The assignor in
        // the consumer creates a StreamsConfig from the consumer's properties and would also log the warning.
        defaults.put(GLOBAL_EXCEPTION_HANDLER, true);
        defaults.put(StreamsConfig.mainConsumerPrefix(GLOBAL_EXCEPTION_HANDLER), true);
        defaults.put(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MILLIS);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS_MAX);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES_MAX);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES_MAX);
        return defaults;
    }

    /** The default values of the client for the topics, the offsets and the log's end. */
    public static Map<String, Object> admin() {
        return Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG,
                "tally-streams-admin",
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                RETRY_BACKOFF_MILLIS);
    }

    /** Whether the deployment has set a commit interval other than the default. */
    static boolean hasOwnCommitInterval(StreamsConfig config) {
        return config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG) != COMMIT_INTERVAL_MILLIS;
    }

    /** All properties for {@code KafkaStreams}: deployment settings override defaults, fixed properties override both. */
    static Map<String, Object> of(RuntimeOptions options, StateMemory memory) {
        Map<String, Object> all = new HashMap<>(defaults(options.replicationFactor()));
        all.putAll(options.kafka());
        all.putAll(guarantees(options.applicationId(), options.instanceId()));
        all.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDir().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
        all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, options.standbys());
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, options.endpoint());
        all.put(BoundedRocksDb.STATE_MEMORY_CONFIG, memory);
        return all;
    }
}
