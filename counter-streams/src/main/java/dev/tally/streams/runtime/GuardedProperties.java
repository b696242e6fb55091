package dev.tally.streams.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The properties of Kafka Streams that a deployment may not set freely, under every name that Streams accepts. Client settings
 * may have a prefix, and a longer prefix takes precedence over a shorter one.
 *
 * <p>Every other setting of Kafka Streams 4.3.1 was reviewed and is permitted: intervals, sizes, idle times, assignors, metrics,
 * security, default serdes and stores (the topology specifies its own), settings of internal topics (those of the changelog take
 * precedence, and the changelog is verified), and the dead-letter topic of the handlers (the fixed handlers always end the
 * process).
 */
public final class GuardedProperties {
    private static final String UNSET = "no value";

    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX);

    /** Property names without prefix, each with what is expected instead of a value. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            // Former names of the fixed handlers.
            Map.entry("default.deserialization.exception.handler", UNSET),
            Map.entry("default.production.exception.handler", UNSET),
            // These see each record before the topology or the log does, and could change or drop it.
            Map.entry(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, UNSET), // the producer property has the same name
            Map.entry(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, UNSET),
            Map.entry(StreamsConfig.DEFAULT_CLIENT_SUPPLIER_CONFIG, UNSET),
            // A total must be in the same partition as the events of its counter, as Kafka's default partitioner
            // ensures.
            Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, UNSET),
            Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, UNSET),
            // Streams sets these and ignores configured values; an error is better than an ignored value.
            Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UNSET),
            Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, UNSET),
            Map.entry(ConsumerConfig.GROUP_ID_CONFIG, UNSET),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, "TALLY_STATE_DIR instead"),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "TALLY_STREAMS_THREADS instead"),
            Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "TALLY_STREAMS_STANDBYS instead"),
            Map.entry(StreamsConfig.APPLICATION_SERVER_CONFIG, "TALLY_STREAMS_ENDPOINT instead"));

    private final Map<String, String> fixed = new HashMap<>();

    /** @param guarantees the properties that {@link StreamsProperties#guarantees} fixes */
    public GuardedProperties(Map<String, Object> guarantees) {
        guarantees.forEach((property, value) -> fixed.put(unprefixed(property), text(value)));
    }

    private static String text(Object value) {
        return value instanceof Class<?> type ? type.getName() : value.toString();
    }

    /** What is expected instead of the value; null if the value is permitted. */
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
