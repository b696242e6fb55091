package dev.tally.service.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All settings. All processes share one catalogue, because a name has the same meaning in every process and an unknown name
 * is an error in every process.
 */
public final class TallySettings {
    private static final int COUNT_MAX = 10_000;
    /** A receipt names an offset of each partition, in at most 8 KiB. */
    private static final int PARTITIONS_MAX = 345;

    public static final Setting<String> URL = new Setting<>(
            "TALLY_URL",
            null,
            SettingTypes.url(),
            "http://127.0.0.1:8080",
            "Where the command line writes: the base URL of ingest-api or of a whole Tally.");

    public static final Setting<String> QUERY_URL = new Setting<>(
            "TALLY_QUERY_URL",
            null,
            SettingTypes.url(),
            null,
            "Where the command line reads: the base URL of query-api; TALLY_URL unless set.");

    public static final Setting<List<String>> KAFKA_BOOTSTRAP_SERVERS = new Setting<>(
            "TALLY_KAFKA_BOOTSTRAP_SERVERS",
            null,
            SettingTypes.endpoints(),
            "127.0.0.1:9092",
            "The Kafka bootstrap servers.");

    public static final Setting<String> SCHEMA_REGISTRY_URL = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_URL",
            null,
            SettingTypes.url(),
            null,
            "The schema registry, which speaks Confluent's protocol, where the schemas are registered and looked up; unless"
                    + " set there is none and schemas have fixed ids.");

    public static final Setting<String> SCHEMA_REGISTRY_USER = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_USER",
            null,
            SettingTypes.text("a name without a colon"),
            null,
            "The user name at the schema registry (HTTP basic authentication); none unless set.");

    public static final Setting<String> SCHEMA_REGISTRY_PASSWORD = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_PASSWORD",
            null,
            SettingTypes.text("any text"),
            null,
            "The password of TALLY_SCHEMA_REGISTRY_USER.");

    public static final Setting<Path> SCHEMA_REGISTRY_TRUSTSTORE = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE",
            null,
            SettingTypes.path(),
            null,
            "A PKCS12 or JKS file of the authorities to trust when the schema registry is at https; those of the JVM unless"
                    + " set.");

    public static final Setting<String> SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD",
            null,
            SettingTypes.text("any text"),
            null,
            "The password of TALLY_SCHEMA_REGISTRY_TRUSTSTORE.");

    public static final Setting<String> HTTP_HOST = new Setting<>(
            "TALLY_HTTP_HOST",
            null,
            SettingTypes.host(),
            "127.0.0.1",
            "The address the HTTP server listens on: a loopback address or localhost, or any other with TALLY_HTTP_OPEN=true.");

    public static final Setting<Integer> HTTP_PORT = new Setting<>(
            "TALLY_HTTP_PORT",
            "--http-port",
            SettingTypes.port(),
            "8080",
            "The port the HTTP server listens on: 8080 for ingest-api and standalone, 8081 for query-api, 8082 for"
                    + " counter-streams.");

    public static final Setting<Boolean> HTTP_OPEN = new Setting<>(
            "TALLY_HTTP_OPEN",
            null,
            SettingTypes.trueOrFalse(),
            "false",
            "Whether the HTTP server may listen beyond loopback; true says that the whole network is trusted, because every"
                    + " client that reaches the port may count, set, delete and read.");

    public static final Setting<List<String>> HTTP_HOSTS = new Setting<>(
            "TALLY_HTTP_HOSTS",
            null,
            SettingTypes.hostNames(),
            null,
            "The names that the Host of a request may have beside localhost and IP addresses, compared without case and port;"
                    + " a server that listens beyond loopback checks Host only if this is set.");

    public static final Setting<Path> STATE_DIR = new Setting<>(
            "TALLY_STATE_DIR",
            null,
            SettingTypes.path(),
            "data/streams",
            "Where counter-streams keeps its state; it can be rebuilt from Kafka.");

    public static final Setting<Long> STATE_MEMORY = new Setting<>(
            "TALLY_STATE_MEMORY",
            null,
            SettingTypes.size(8L << 20, 1L << 40),
            "64MiB",
            "One bound for all RocksDB memory of a counter-streams process.");

    public static final Setting<Integer> STREAMS_THREADS = new Setting<>(
            "TALLY_STREAMS_THREADS",
            null,
            SettingTypes.integer(1, 256),
            "1",
            "How many threads of a counter-streams process count events.");

    public static final Setting<String> STREAMS_ENDPOINT = new Setting<>(
            "TALLY_STREAMS_ENDPOINT",
            null,
            SettingTypes.reachableEndpoint(),
            null,
            "host:port by which other processes reach this counter-streams; its HTTP host and port unless set. It must be set"
                    + " when TALLY_HTTP_HOST is a wildcard address.");

    public static final Setting<Integer> STREAMS_STANDBYS = new Setting<>(
            "TALLY_STREAMS_STANDBYS",
            null,
            SettingTypes.integer(0, 10),
            "0",
            "How many further counter-streams instances keep a copy of each partition's state.");

    public static final Setting<Map<Integer, Long>> STREAMS_ACCEPT_GAP = new Setting<>(
            "TALLY_STREAMS_ACCEPT_GAP",
            null,
            new PlacesType(),
            null,
            "Where counting goes on though events before it were deleted uncounted, as the refusal of counter-streams names it;"
                    + " accepted at exactly that place and nowhere else.");

    public static final Setting<List<String>> QUERY_STREAMS = new Setting<>(
            "TALLY_QUERY_STREAMS",
            null,
            SettingTypes.endpoints(),
            "127.0.0.1:8082",
            "The counter-streams instances, or one DNS name of them, from which query-api learns the others.");

    public static final Setting<String> INGEST_QUERY_URL = new Setting<>(
            "TALLY_INGEST_QUERY_URL",
            null,
            SettingTypes.url(),
            "http://127.0.0.1:8081",
            "The base URL of the query-api that ingest-api asks what became of an event, for writes with wait.");

    public static final Setting<Integer> EVENTS_PARTITIONS = new Setting<>(
            "TALLY_EVENTS_PARTITIONS",
            null,
            SettingTypes.integer(1, PARTITIONS_MAX),
            "12",
            "How many partitions the topics get when they are created; 4 in standalone.");

    public static final Setting<Integer> REPLICATION_FACTOR = new Setting<>(
            "TALLY_REPLICATION_FACTOR",
            null,
            SettingTypes.integer(1, COUNT_MAX),
            null,
            "How many brokers keep each partition of the topics that are created; the cluster's own default unless set.");

    public static final Setting<Duration> DEDUPLICATION_WINDOW = new Setting<>(
            "TALLY_DEDUPLICATION_WINDOW",
            null,
            SettingTypes.duration(Duration.ofSeconds(1), Duration.ofDays(366)),
            "24h",
            "For how long counter-streams remembers the id of an event, by stream time. It belongs to the state: a"
                    + " state made with another window is refused.");

    public static final Setting<Duration> HISTORY_MINUTES = history("TALLY_HISTORY_MINUTES", "48h", "minute");

    public static final Setting<Duration> HISTORY_HOURS = history("TALLY_HISTORY_HOURS", "90d", "hour");

    public static final Setting<Duration> HISTORY_DAYS = history("TALLY_HISTORY_DAYS", "1826d", "day");

    public static final Setting<String> LOG_FORMAT = new Setting<>(
            "TALLY_LOG_FORMAT",
            null,
            SettingTypes.oneOf("text", "json"),
            "text",
            "How services log, on standard error: lines for people, or one JSON object a line.");

    public static final Setting<String> LOG_REQUESTS = new Setting<>(
            "TALLY_LOG_REQUESTS",
            null,
            SettingTypes.oneOf("off", "info"),
            "off",
            "The level at which each HTTP request is logged when it is over, with its request id.");

    private static final List<Setting<?>> ALL = List.of(
            URL,
            QUERY_URL,
            KAFKA_BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            SCHEMA_REGISTRY_USER,
            SCHEMA_REGISTRY_PASSWORD,
            SCHEMA_REGISTRY_TRUSTSTORE,
            SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_OPEN,
            HTTP_HOSTS,
            STATE_DIR,
            STATE_MEMORY,
            STREAMS_THREADS,
            STREAMS_ENDPOINT,
            STREAMS_STANDBYS,
            STREAMS_ACCEPT_GAP,
            QUERY_STREAMS,
            INGEST_QUERY_URL,
            EVENTS_PARTITIONS,
            REPLICATION_FACTOR,
            DEDUPLICATION_WINDOW,
            HISTORY_MINUTES,
            HISTORY_HOURS,
            HISTORY_DAYS,
            LOG_FORMAT,
            LOG_REQUESTS);

    private static final Set<String> VARIABLES =
            ALL.stream().map(Setting::variable).collect(Collectors.toUnmodifiableSet());

    private TallySettings() {}

    private static Setting<Duration> history(String variable, String byDefault, String step) {
        return new Setting<>(
                variable,
                null,
                SettingTypes.duration(Duration.ZERO, Duration.ofDays(3_660)),
                byDefault,
                "For how long what was counted in each " + step
                        + " is kept for histories, by stream time; 0s: not at"
                        + " all. It belongs to the state, as the window does.");
    }

    /** All settings, in the order of the documentation. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    static boolean isKnown(String variable) {
        return VARIABLES.contains(variable);
    }

    static boolean isFlag(String name) {
        return ALL.stream().anyMatch(setting -> name.equals(setting.flag()));
    }
}
