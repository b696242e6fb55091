package dev.tally.streams.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The properties of Kafka Streams that a deployment may not set as it likes, under every name that Streams takes them by: the
 * settings of a client can stand alone or behind a prefix, and the longer prefix beats the shorter.
 *
 * <p>Every other setting of 4.3.1 was looked at and passes: intervals, sizes, idle times, assignors, metrics, security, the
 * default serdes and stores (the topology names its own), the settings of internal topics (the changelog's own beat them, and it
 * is verified), the name of a topic for what failed (the handlers that are fixed end the process all the same).
 */
public final class GuardedProperties {
    private static final String UNSET = "no value";

    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX);

    /** Without prefix; each with what is expected instead of it. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            // Earlier names of handlers that are fixed.
            Map.entry("default.deserialization.exception.handler", UNSET),
            Map.entry("default.production.exception.handler", UNSET),
            // They see each record before the topology or the log does, and may change it or leave it out.
            Map.entry(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, UNSET), // the producer's has the same name
            Map.entry(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, UNSET),
            Map.entry(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, UNSET),
            // A total is in the partition of its counter's events: Kafka's own partitioner puts it there.
            Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, UNSET),
            Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, UNSET),
            // Streams sets them, and leaves out what is given: better said than left out.
            Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UNSET),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, UNSET),
            Map.entry(ConsumerConfig.GROUP_ID_CONFIG, UNSET),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, "TALLY_STATE_DIR instead"),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "TALLY_STREAMS_THREADS instead"),
            Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "TALLY_STREAMS_STANDBYS instead"),
            Map.entry(StreamsConfig.APPLICATION_SERVER_CONFIG, "TALLY_STREAMS_ENDPOINT instead"));

    private final Map<String, String> fixed = new HashMap<>();

    /** @param guarantees what {@link StreamsProperties#guarantees} fixes */
    public GuardedProperties(Map<String, Object> guarantees) {
        guarantees.forEach((property, value) -> fixed.put(unprefixed(property), text(value)));
    }

    private static String text(Object value) {
        return value instanceof Class<?> type ? type.getName() : value.toString();
    }

    /** What is expected instead of the value; null if the property may have it. */
    public @Nullable String expected(String property, String value) {
        String name = unprefixed(property);
        String must = fixed.get(name);
        if (must != null) {
            return must.equals(value) ? null : must;
        }
        return REFUSED.get(name);
    }

    private static String unprefixed(String property) {
        for (String prefix : CLIENT_PREFIXES) {
            if (property.startsWith(prefix)) {
                return property.substring(prefix.length());
            }
        }
        return property;
    }
}
