package dev.tally.streams.runtime;

import dev.tally.streams.state.store.StateParameters;
import java.nio.file.Path;
import java.util.Map;

/**
 * The options with which {@link StreamsRuntime} is started.
 *
 * @param applicationId the group ID, which contains the generation
 * @param instanceId the ID of this static member of the group
 * @param endpoint {@code host:port} at which other processes reach this instance's read endpoint
 * @param stateDir the directory of the state
 * @param parameters the settings that the state depends on in addition to the log
 * @param threads the number of stream threads
 * @param standbys the number of standby replicas of each partition's state
 * @param partitions the number of partitions of the topics
 * @param replicationFactor the replication factor of topics that must be created
 * @param acceptedGaps by partition, the offset at which counting may resume although earlier events were deleted uncounted
 * @param kafka Streams settings of the deployment, including the bootstrap servers
 * @param admin the admin client's settings
 */
public record RuntimeOptions(
        String applicationId,
        String instanceId,
        String endpoint,
        Path stateDir,
        StateParameters parameters,
        int threads,
        int standbys,
        int partitions,
        int replicationFactor,
        Map<Integer, Long> acceptedGaps,
        Map<String, Object> kafka,
        Map<String, Object> admin) {}
