package dev.tally.streams;

import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.TallySettings;
import dev.tally.service.settings.WildcardAddress;
import dev.tally.streams.runtime.GuardedProperties;
import dev.tally.streams.runtime.StreamsProperties;
import dev.tally.streams.state.Generation;
import dev.tally.streams.state.HistoryRetention;
import java.nio.file.Path;
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
 * @param generation the settings that the state depends on in addition to the log
 * @param registry the schema registry in which schemas are registered and looked up, if any
 * @param streams the properties for Kafka Streams, including the bootstrap servers
 * @param admin the properties for the admin client
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
        Generation generation,
        RegistrySettings registry,
        Map<String, Object> streams,
        Map<String, Object> admin) {
    public static final int DEFAULT_PORT = 8082;

    /** Reads the settings. The environment reports their problems. */
    public static StreamsSettings read(Environment environment) {
        return read(environment, KafkaSettings.read(environment));
    }

    /** Reads the settings of a separate process, which query-api and the other instances must be able to reach. */
    public static StreamsSettings readForProcess(Environment environment) {
        StreamsSettings settings = read(environment);
        if (WildcardAddress.is(settings.http().host()) && !environment.isGiven(TallySettings.STREAMS_ENDPOINT)) {
            environment.problem(
                    TallySettings.HTTP_HOST.variable() + ": " + settings.http().host()
                            + " is a wildcard address, to which no other process can connect (expected: with it, "
                            + TallySettings.STREAMS_ENDPOINT.variable()
                            + " set to the host:port by which query-api and other instances of counter-streams reach this one)");
        }
        return settings;
    }

    /** Reads the settings, except those of the Kafka connection, which the caller provides. */
    public static StreamsSettings read(Environment environment, KafkaSettings kafka) {
        Integer replicationFactor = environment.find(TallySettings.REPLICATION_FACTOR);
        int replication = replicationFactor == null ? Topics.REPLICATION_OF_THE_CLUSTER : replicationFactor;
        Map<Integer, Long> acceptedGaps = environment.find(TallySettings.STREAMS_ACCEPT_GAP);
        Path stateDir = environment.get(TallySettings.STATE_DIR).toAbsolutePath();
        Map<String, Object> guarantees =
                StreamsProperties.guarantees(CounterStreamsService.APPLICATION_ID, InstanceId.of(stateDir));
        return new StreamsSettings(
                HttpSettings.read(environment, DEFAULT_PORT),
                environment.find(TallySettings.STREAMS_ENDPOINT),
                stateDir,
                environment.get(TallySettings.STATE_MEMORY),
                environment.get(TallySettings.STREAMS_THREADS),
                environment.get(TallySettings.STREAMS_STANDBYS),
                environment.get(TallySettings.EVENTS_PARTITIONS),
                replication,
                acceptedGaps == null ? Map.of() : acceptedGaps,
                generation(environment),
                RegistrySettings.read(environment),
                kafka.properties(
                        KafkaSettings.Client.STREAMS,
                        StreamsProperties.defaults(replication),
                        guarantees,
                        new GuardedProperties(guarantees)::expected),
                kafka.properties(KafkaSettings.Client.ADMIN, Map.of("client.id", "tally-streams-admin"), Map.of()));
    }

    /** Returns a copy with another generation. */
    public StreamsSettings withGeneration(Generation other) {
        return with(other, streams);
    }

    /** Returns a copy with other properties for Kafka Streams, which are not checked. For benchmarks, not for a deployment. */
    public StreamsSettings withStreams(Map<String, Object> other) {
        return with(generation, other);
    }

    private StreamsSettings with(Generation otherGeneration, Map<String, Object> otherStreams) {
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
                otherGeneration,
                registry,
                otherStreams,
                admin);
    }

    private static Generation generation(Environment environment) {
        HistoryRetention history = new HistoryRetention(
                environment.get(TallySettings.HISTORY_MINUTES),
                environment.get(TallySettings.HISTORY_HOURS),
                environment.get(TallySettings.HISTORY_DAYS));
        return new Generation(environment.get(TallySettings.DEDUPLICATION_WINDOW), history, true);
    }
}
