package dev.tally.streams.runtime;

import dev.tally.streams.state.Generation;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@link StreamsRuntime} is started with.
 *
 * @param applicationId the group's name; carries the generation
 * @param instanceId names this member of the group across restarts
 * @param endpoint {@code host:port} by which other processes reach this instance's read endpoint
 * @param stateDir where the state is kept
 * @param generation what the state depends on beside the log
 * @param threads how many threads count
 * @param standbys how many further instances keep a copy of each partition's state
 * @param stateMemoryBytes the bound on RocksDB's memory
 * @param partitions how many partitions the topics have
 * @param replicationFactor of topics that have to be created
 * @param acceptedGaps by partition, the offset at which counting may go on though the events before it were deleted uncounted
 * @param kafka Streams settings of the deployment, the brokers among them
 * @param admin the admin client's settings
 */
public record RuntimeOptions(
        String applicationId,
        String instanceId,
        String endpoint,
        Path stateDir,
        Generation generation,
        int threads,
        int standbys,
        long stateMemoryBytes,
        int partitions,
        int replicationFactor,
        Map<Integer, Long> acceptedGaps,
        Map<String, Object> kafka,
        Map<String, Object> admin) {}
