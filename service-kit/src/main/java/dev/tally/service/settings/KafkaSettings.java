package dev.tally.service.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the Kafka clients of a process: the brokers, and any client property by {@code TALLY_KAFKA_X_Y},
 * which sets {@code x.y} on every client, or {@code TALLY_KAFKA_PRODUCER_X_Y}, which sets it on one kind of client.
 */
public final class KafkaSettings {
    public static final Setting<List<String>> BOOTSTRAP_SERVERS = new Setting<>(
            "TALLY_KAFKA_BOOTSTRAP_SERVERS",
            null,
            SettingTypes.endpoints(),
            "127.0.0.1:9092",
            "The Kafka bootstrap servers.");

    private static final String PREFIX = "TALLY_KAFKA_";
    private static final String BOOTSTRAP_PROPERTY = "bootstrap.servers";

    /** The kinds of client, each with properties of its own. */
    public enum Client {
        PRODUCER,
        CONSUMER,
        STREAMS,
        ADMIN
    }

    private final Environment environment;
    private final List<String> bootstrapServers;

    private KafkaSettings(Environment environment, List<String> bootstrapServers) {
        this.environment = environment;
        this.bootstrapServers = bootstrapServers;
    }

    public static KafkaSettings read(Environment environment) {
        return new KafkaSettings(environment, environment.get(BOOTSTRAP_SERVERS));
    }

    /** {@code host:port}, several joined by commas. */
    public String bootstrapServers() {
        return String.join(",", bootstrapServers);
    }

    /**
     * The properties of one client. Passed-through properties override {@code defaults}; {@code guaranteed} overrides both. A
     * passed-through property that contradicts {@code guaranteed} is a problem of the settings, so this must be called before
     * {@link Environment#verify}.
     *
     * @param defaults properties that may be overridden
     * @param guaranteed properties that a guarantee of the service depends on
     */
    public Map<String, Object> properties(Client client, Map<String, ?> defaults, Map<String, ?> guaranteed) {
        return properties(client, defaults, guaranteed, (property, value) -> {
            Object must = guaranteed.get(property);
            return must == null || must.toString().equals(value) ? null : must.toString();
        });
    }

    /**
     * The same for a client that accepts one property under several names.
     *
     * @param expected maps a passed-through property and its value to what is accepted instead, or to null if it is allowed
     */
    public Map<String, Object> properties(
            Client client,
            Map<String, ?> defaults,
            Map<String, ?> guaranteed,
            BiFunction<String, String, @Nullable String> expected) {
        Map<String, Object> properties = new TreeMap<>(defaults);
        passedThrough(client).forEach((variable, value) -> {
            String property = property(variable, client);
            if (property.equals(BOOTSTRAP_PROPERTY)) {
                environment.problem(variable + ": " + value + " (expected: " + BOOTSTRAP_SERVERS.variable()
                        + " alone names the brokers)");
            }
            String must = expected.apply(property, value);
            if (must != null) {
                environment.problem(variable + ": " + value + " (expected: " + must + "; a guarantee depends on it)");
            }
            properties.put(property, value);
        });
        properties.put(BOOTSTRAP_PROPERTY, bootstrapServers());
        properties.putAll(guaranteed);
        return properties;
    }

    static boolean isPassedThrough(String variable) {
        return variable.startsWith(PREFIX) && variable.length() > PREFIX.length();
    }

    /** The properties passed through for every client, overridden by those for this kind. */
    private Map<String, String> passedThrough(Client client) {
        Map<String, String> all = new TreeMap<>(environment.variablesFrom(PREFIX));
        all.remove(BOOTSTRAP_SERVERS.variable());
        Map<String, String> own = environment.variablesFrom(prefix(client));
        for (Client kind : Client.values()) {
            all.keySet().removeIf(name -> name.startsWith(prefix(kind)));
        }
        Map<String, String> ordered = new LinkedHashMap<>(all);
        ordered.putAll(own);
        return ordered;
    }

    private static String prefix(Client client) {
        return PREFIX + client + "_";
    }

    private static String property(String variable, Client client) {
        String start = variable.startsWith(prefix(client)) ? prefix(client) : PREFIX;
        return variable.substring(start.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
