package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.BoundedRocksDb;
import dev.tally.streams.state.StateMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;

/** How Kafka Streams is set up, and which of its settings carry a guarantee and are not for a deployment to change. */
public final class StreamsProperties {
    /** How long a member may be silent before its partitions go to others. */
    static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private static final int HEARTBEAT_INTERVAL_MILLIS = 1_000;
    /** At the latest; commits are asked for sooner while few records come, or a reader waits for one: see ThreadFlushes. */
    private static final int COMMIT_INTERVAL_MILLIS = 1_000;

    /** How long a thread waits for records before it looks after its tasks; records, flushes and commits end the wait. */
    private static final int POLL_MILLIS = 250;

    private static final int POLL_RECORDS_MAX = 5_000;
    private static final int EVENTS_BUFFERED_MAX = 10_000;
    /** What Streams takes for a record carries so many events: with more of these the partition is paused. */
    private static final int RUNS_BUFFERED_MAX = EVENTS_BUFFERED_MAX / EventRuns.EVENTS_MAX;

    /** A commit sends some thousand small records to few partitions: at Kafka's 16 KiB each batch holds 300 of them. */
    private static final int BATCH_BYTES_MAX = 128 << 10;
    /** The largest rejected record is an event of the largest size and its headers; see Topics. */
    private static final int REQUEST_BYTES_MAX = 9 << 20;
    /**
     * How long a task may go without progress before its thread gives up. While Kafka is away reads are NotReady and
     * /readyz says so; to wait is better than to die and start again into the same outage.
     */
    private static final long TASK_TIMEOUT_MILLIS = 24L * 60 * 60 * 1000;

    /** Kafka's constant of this name is deprecated. */
    private static final String GLOBAL_EXCEPTION_HANDLER = "processing.exception.handler.global.enabled";

    private static final Map<String, Object> HANDLERS = Map.of(
            // Stream time is made of the brokers' append times: another extractor would move windows and expiry.
            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
            FailOnInvalidTimestamp.class.getName(),
            // A handler that goes on leaves out an event, a change of the state, or a total of the feed, without a
            // trace.
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailExceptionHandler.class.getName(),
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailProcessingExceptionHandler.class.getName(),
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            DefaultProductionExceptionHandler.class.getName());

    private StreamsProperties() {}

    /**
     * What a deployment may not change, with the value it has.
     *
     * @param applicationId carries the generation
     * @param instanceId names this member of the group across restarts
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
        // Heartbeats vouches for half of it.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_INTERVAL_MILLIS);
        // A group without offsets starts at the log's beginning; the applied offset skips what the state holds already.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // Events of transactions that were aborted, or are open yet, are not to be counted; nor is such a changelog
        // restored.
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        // What is committed is on all replicas in sync, as an acknowledged event is.
        fixed.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        fixed.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        fixed.putAll(HANDLERS);
        return fixed;
    }

    /** What is set unless a deployment says otherwise. */
    public static Map<String, Object> defaults(int replicationFactor) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        // By default ten rounds a second, each of half a millisecond, also in an idle system.
        defaults.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        defaults.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        if (replicationFactor != Topics.REPLICATION_OF_THE_CLUSTER) {
            // As for the other topics: unset, the cluster's default counts.
            defaults.put(
                    StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                    replicationFactor >= 3 ? "2" : "1");
        }
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L); // the store does its own write-behind
        defaults.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RUNS_BUFFERED_MAX);
        // A task has one input partition: there is no other to wait for, or to look at for each record.
        defaults.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        defaults.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT_MILLIS);
        // There is no global thread; unset, every start warns that its default will change. The assignor within the
        // consumer
        // makes a StreamsConfig of what the consumer is given, and would warn too.
        defaults.put(GLOBAL_EXCEPTION_HANDLER, true);
        defaults.put(StreamsConfig.mainConsumerPrefix(GLOBAL_EXCEPTION_HANDLER), true);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS_MAX);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES_MAX);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES_MAX);
        return defaults;
    }

    /** Whether the deployment has set another commit interval than the default. */
    static boolean hasOwnCommitInterval(StreamsConfig config) {
        return config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG) != COMMIT_INTERVAL_MILLIS;
    }

    /** The whole, for {@code KafkaStreams}: deployment settings over the defaults, and what is fixed over both. */
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
