package dev.tally.streams;

import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingTypes;
import dev.tally.service.settings.TopicSettings;
import dev.tally.service.settings.WildcardAddress;
import dev.tally.streams.generation.BoardClients;
import dev.tally.streams.runtime.EventRate;
import dev.tally.streams.runtime.GuardedProperties;
import dev.tally.streams.runtime.StreamsProperties;
import dev.tally.streams.state.store.StateParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of counter-streams.
 *
 * @param http the listener of the internal read endpoint
 * @param endpoint {@code host:port} at which other processes reach it; null for the host and port it listens on
 * @param stateDir the directory of the state, which can be rebuilt from Kafka
 * @param stateMemoryBytes the bound on all RocksDB memory of the process
 * @param threads the number of stream threads
 * @param standbys the number of standby replicas of each partition's state
 * @param partitions the number of partitions of the topics
 * @param replicationFactor the replication factor of created topics; {@link Topics#REPLICATION_OF_THE_CLUSTER} by default
 * @param acceptedGaps by partition, the offset at which counting may resume although earlier events were deleted uncounted
 * @param rebuildRate the events a second that a generation may process while it is not live; 0 for no limit
 * @param generation the first generation of a new installation
 * @param parameters the settings that the state depends on in addition to the log
 * @param snapshotInterval the time from one snapshot of a partition to the next; zero for none
 * @param registry the schema registry in which schemas are registered and looked up, if any
 * @param streams the properties for Kafka Streams, including the bootstrap servers
 * @param admin the properties for the admin client
 * @param board the properties for the clients of the record of the generations
 */
public record StreamsSettings(
        HttpSettings http,
        @Nullable String endpoint,
        Path stateDir,
        long stateMemoryBytes,
        int threads,
        int standbys,
        int partitions,
        int replicationFactor,
        Map<Integer, Long> acceptedGaps,
        int rebuildRate,
        Generation generation,
        StateParameters parameters,
        Duration snapshotInterval,
        RegistrySettings registry,
        Map<String, Object> streams,
        Map<String, Object> admin,
        BoardClients board) {
    public static final int DEFAULT_PORT = 8082;

    public static final Setting<Integer> THREADS = new Setting<>(
            "TALLY_STREAMS_THREADS",
            null,
            SettingTypes.integer(1, 256),
            "1",
            "How many threads of a counter-streams process count events.");

    public static final Setting<String> ENDPOINT = new Setting<>(
            "TALLY_STREAMS_ENDPOINT",
            null,
            SettingTypes.reachableEndpoint(),
            null,
            "host:port by which other processes reach this counter-streams; its HTTP host and port unless set. It must be set"
                    + " when TALLY_HTTP_HOST is a wildcard address.");

    public static final Setting<Integer> STANDBYS = new Setting<>(
            "TALLY_STREAMS_STANDBYS",
            null,
            SettingTypes.integer(0, 10),
            "0",
            "The number of standbys of each partition's state.");

    public static final Setting<Map<Integer, Long>> ACCEPT_GAP = new Setting<>(
            "TALLY_STREAMS_ACCEPT_GAP",
            null,
            SettingTypes.offsets(),
            null,
            "The offset where counting continues although uncounted events before it were deleted, from the error message;"
                    + " no other offset is accepted.");

    public static final Setting<Integer> REBUILD_RATE = new Setting<>(
            "TALLY_REBUILD_RATE",
            null,
            SettingTypes.integer(EventRate.UNLIMITED, 1_000_000_000),
            "0",
            "How many events a second a counter-streams process counts in a generation that is not live, so that a rebuild leaves"
                    + " CPU and disk to the live one; 0: no limit. It must be above the rate of writes, or the rebuild never"
                    + " catches up.");

    /** The settings of counter-streams alone, except those of its state, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(THREADS, ENDPOINT, STANDBYS, ACCEPT_GAP, REBUILD_RATE);

    /** Reads the settings of a separate process, which query-api and the other instances must be able to reach. */
    public static StreamsSettings readForProcess(Environment environment) {
        StreamsSettings settings = read(environment);
        if (WildcardAddress.is(settings.http().host()) && !environment.isGiven(ENDPOINT)) {
            environment.problem(
                    HttpSettings.HOST.variable() + ": " + settings.http().host()
                            + " is a wildcard address, to which no other process can connect (expected: with it, "
                            + ENDPOINT.variable()
                            + " set to the host:port by which query-api and other instances of counter-streams reach this one)");
        }
        return settings;
    }

    /** Reads the settings. The environment reports their problems. */
    public static StreamsSettings read(Environment environment) {
        KafkaSettings kafka = KafkaSettings.read(environment);
        TopicSettings topics = TopicSettings.read(environment);
        Integer replicationFactor = topics.replicationFactor();
        int replication = replicationFactor == null ? Topics.REPLICATION_OF_THE_CLUSTER : replicationFactor;
        Map<Integer, Long> acceptedGaps = environment.find(ACCEPT_GAP);
        Generation generation = new Generation(Generations.FIRST);
        Path stateDir = environment.get(StateSettings.DIR).toAbsolutePath();
        Map<String, Object> guarantees =
                StreamsProperties.guarantees(generation.applicationId(), InstanceId.of(stateDir));
        return new StreamsSettings(
                HttpSettings.read(environment, DEFAULT_PORT),
                environment.find(ENDPOINT),
                stateDir,
                environment.get(StateSettings.MEMORY),
                environment.get(THREADS),
                environment.get(STANDBYS),
                topics.partitions(),
                replication,
                acceptedGaps == null ? Map.of() : acceptedGaps,
                environment.get(REBUILD_RATE),
                generation,
                StateSettings.parameters(environment),
                environment.get(StateSettings.SNAPSHOT_INTERVAL),
                RegistrySettings.read(environment),
                kafka.properties(
                        KafkaSettings.Client.STREAMS,
                        StreamsProperties.defaults(replication),
                        guarantees,
                        new GuardedProperties(guarantees)::expected),
                kafka.properties(KafkaSettings.Client.ADMIN, StreamsProperties.admin(), Map.of()),
                BoardClients.of(kafka));
    }

    /** Returns a copy with other parameters of the state. */
    public StreamsSettings withParameters(StateParameters other) {
        return with(other, streams);
    }

    /** Returns a copy with other properties for Kafka Streams, which are not checked. For benchmarks, not for a deployment. */
    public StreamsSettings withStreams(Map<String, Object> other) {
        return with(parameters, other);
    }

    private StreamsSettings with(StateParameters otherParameters, Map<String, Object> otherStreams) {
        return new StreamsSettings(
                http,
                endpoint,
                stateDir,
                stateMemoryBytes,
                threads,
                standbys,
                partitions,
                replicationFactor,
                acceptedGaps,
                rebuildRate,
                generation,
                otherParameters,
                snapshotInterval,
                registry,
                otherStreams,
                admin,
                board);
    }
}
