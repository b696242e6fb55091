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
 * @param http where the internal read endpoint listens
 * @param endpoint {@code host:port} by which other processes reach it; null for the host and port it listens on
 * @param stateDir where the state is kept; it can be rebuilt from Kafka
 * @param stateMemoryBytes the bound on all RocksDB memory of the process
 * @param threads how many threads count
 * @param standbys how many further instances keep a copy of each partition's state
 * @param partitions how many partitions the topics have
 * @param replicationFactor of topics that are created; {@link Topics#REPLICATION_OF_THE_CLUSTER} by default
 * @param acceptedGaps by partition, the offset at which counting may go on though the events before it were deleted uncounted
 * @param generation what the state depends on beside the log
 * @param registry where the schemas are registered and looked up, if anywhere
 * @param streams the properties for Kafka Streams, the brokers among them
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

    /** Reads them; their problems are the environment's to report. */
    public static StreamsSettings read(Environment environment) {
        return read(environment, KafkaSettings.read(environment));
    }

    /** Reads them for a process of its own: query-api and the other instances have to reach it. */
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

    /** Reads them for brokers that are known otherwise. */
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

    /** The same, for a state of another generation. */
    public StreamsSettings withGeneration(Generation other) {
        return with(other, streams);
    }

    /** The same with other properties for Kafka Streams, which are taken as they are: for measuring, not for a deployment. */
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
