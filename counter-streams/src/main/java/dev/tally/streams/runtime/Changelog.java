package dev.tally.streams.runtime;

import dev.tally.schemas.topic.ExistingTopic;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.streams.state.store.CounterStoreBuilder;
import dev.tally.streams.topology.CounterTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the changelog topic before Kafka Streams uses it. Streams would create an empty changelog in place of a lost one, and
 * accepts a changelog with settings under which the state cannot be restored. Blocks, so it is for the startup only.
 */
public final class Changelog {
    private static final Logger LOGGER = LoggerFactory.getLogger(Changelog.class);

    private final Admin admin;
    private final RuntimeOptions options;
    private final int timeoutMillis;
    private final String topic;
    /** Empty, or null for a partition, where the group has counted nothing. */
    private final KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed;

    private Changelog(Admin admin, RuntimeOptions options, Duration timeout) {
        this.admin = admin;
        this.options = options;
        this.timeoutMillis = (int) timeout.toMillis();
        this.topic = topic(options.applicationId());
        String group = options.applicationId();
        this.committed = admin.listConsumerGroupOffsets(
                        Map.of(
                                group,
                                new ListConsumerGroupOffsetsSpec()
                                        .topicPartitions(EventPartitions.of(options.partitions()))),
                        new ListConsumerGroupOffsetsOptions().timeoutMs(timeoutMillis))
                .partitionsToOffsetAndMetadata(group);
    }

    /** The name of the changelog topic. */
    public static String topic(String applicationId) {
        return applicationId + "-" + CounterTopology.STORE + "-changelog";
    }

    /**
     * The settings with which Kafka Streams creates the topic.
     *
     * @param streams the properties of Kafka Streams
     */
    public static Map<String, String> configs(Map<String, Object> streams) {
        Map<String, String> configs = new HashMap<>();
        streams.forEach((name, value) -> {
            if (name.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                configs.put(name.substring(StreamsConfig.TOPIC_PREFIX.length()), String.valueOf(value));
            }
        });
        configs.putAll(CounterStoreBuilder.changelogConfigs());
        return configs;
    }

    /**
     * Asks for the offsets of the group; does not wait. The first such request makes a new cluster create the topic of all
     * offsets, which can happen while the other topics are created.
     *
     * @param timeout the timeout of each request to Kafka
     */
    static Changelog ask(Admin admin, RuntimeOptions options, Duration timeout) {
        return new Changelog(admin, options, timeout);
    }

    /**
     * Returns if the changelog is valid, or if it is missing and nothing was counted yet.
     *
     * @throws dev.tally.streams.state.log.LogMismatchException if it is missing although events were counted, or has not the
     *     partitions of the log
     * @throws RefusedException if its settings are not valid
     * @throws TopicsUnavailableException if Kafka did not answer in time
     */
    void verify() {
        // The offsets first: an instance that starts concurrently creates the changelog before it commits any offset.
        String counted = counted();
        TopicDescription description = describe();
        if (description != null) {
            verify(description);
        } else if (counted != null) {
            throw LogDifference.changelogMissing(topic, counted);
        } else if (LocalState.exists(options.stateDir(), options.applicationId())) {
            throw LogDifference.changelogMissing(topic, "the state directory " + options.stateDir() + " holds a state");
        }
    }

    /** A short description of what the group has counted; null if it has counted nothing. */
    private @Nullable String counted() {
        List<TopicPartition> events = EventPartitions.of(options.partitions());
        String group = options.applicationId();
        Map<TopicPartition, OffsetAndMetadata> offsets = await(committed);
        Map<TopicPartition, ListOffsetsResultInfo> begins = await(admin.listOffsets(
                        EventPartitions.offsets(options.partitions(), OffsetSpec.earliest()),
                        new ListOffsetsOptions().timeoutMs(timeoutMillis))
                .all());
        for (TopicPartition partition : events) {
            OffsetAndMetadata offset = offsets.get(partition);
            ListOffsetsResultInfo begin = begins.get(partition);
            // An offset at the log's beginning comes from a reset of the group.
            if (offset != null && begin != null && offset.offset() > begin.offset()) {
                return "its group " + group + " has counted up to " + partition.partition() + "-"
                        + (offset.offset() - 1);
            }
        }
        return null;
    }

    private @Nullable TopicDescription describe() {
        try {
            return await(admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(timeoutMillis))
                            .allTopicNames())
                    .get(topic);
        } catch (UnknownTopicOrPartitionException e) {
            return null;
        }
    }

    private void verify(TopicDescription description) {
        int partitions = description.partitions().size();
        if (partitions != options.partitions()) {
            throw LogDifference.changelogPartitions(topic, partitions, options.partitions());
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = await(
                        admin.describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                                .all())
                .get(resource);
        if (config == null) {
            throw new TopicsUnavailableException("Kafka does not return the settings of " + topic, null);
        }
        ChangelogPolicy policy = new ChangelogPolicy(topic, name -> ExistingTopic.config(config, name));
        String difference = policy.difference();
        if (difference != null) {
            throw new RefusedException(difference);
        }
        String warning = policy.warning(ExistingTopic.replicas(description));
        if (warning != null) {
            LOGGER.warn(warning);
        }
    }

    private <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(2L * timeoutMillis, TimeUnit.MILLISECONDS); // the client times out first
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException cause) {
                throw cause;
            } else if (e.getCause() instanceof RetriableException cause) {
                throw unavailable(cause);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private TopicsUnavailableException unavailable(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new TopicsUnavailableException("The topic " + topic + " could not be verified: " + reason, cause);
    }
}
