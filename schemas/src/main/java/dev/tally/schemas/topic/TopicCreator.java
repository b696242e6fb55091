package dev.tally.schemas.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Creates missing topics and verifies existing ones. Several services may do so concurrently. Blocks, so it is only for the
 * start of a service.
 */
public final class TopicCreator {
    private static final Duration PAUSE_MIN = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(160);

    private final Admin admin;
    private final long deadlineNanos;

    private TopicCreator(Admin admin, Duration timeout) {
        this.admin = admin;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Returns when every topic exists and matches its definition.
     *
     * @param timeout bounds the whole call
     * @throws TopicMismatchException if topics differ from their definitions in a way that matters
     * @throws TopicsUnavailableException if Kafka did not answer in time or rejected a request
     */
    public static void ensure(Admin admin, Topics topics, Duration timeout) {
        ensure(admin, topics.all(), timeout);
    }

    /** The same for any topics. */
    public static void ensure(Admin admin, List<TopicDefinition> topics, Duration timeout) {
        new TopicCreator(admin, timeout).ensure(topics);
    }

    private void ensure(List<TopicDefinition> definitions) {
        Throwable last = null;
        Duration pause = PAUSE_MIN;
        while (true) {
            try {
                Map<String, TopicDescription> existing = describe(definitions);
                if (existing.size() == definitions.size()) {
                    verify(definitions, existing);
                    return;
                }
                create(definitions.stream()
                        .filter(definition -> !existing.containsKey(definition.name()))
                        .toList());
            } catch (ExecutionException | TimeoutException e) {
                Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
                if (leftNanos() <= 0) {
                    throw unavailable(last != null ? last : cause); // timed out: report the last error before it
                } else if (!isTransient(cause)) {
                    throw unavailable(cause);
                }
                last = cause;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(e);
            }
            // The metadata of a new topic takes a moment to reach the broker that answers.
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    /** The topics that exist, by name. */
    private Map<String, TopicDescription> describe(List<TopicDefinition> definitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<String, TopicDescription> existing = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        definitions.stream().map(TopicDefinition::name).toList(),
                        new DescribeTopicsOptions().timeoutMs(leftMillis()))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                existing.put(answer.getKey(), await(answer.getValue()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return existing;
    }

    private void create(List<TopicDefinition> missing)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<NewTopic> topics = missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) topic.replicationFactor())
                        .configs(topic.configs()))
                .toList();
        for (KafkaFuture<Void> answer : admin.createTopics(topics, new CreateTopicsOptions().timeoutMs(leftMillis()))
                .values()
                .values()) {
            try {
                await(answer);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e; // another service may have created the topic first
                }
            }
        }
    }

    private void verify(List<TopicDefinition> definitions, Map<String, TopicDescription> existing)
            throws ExecutionException, TimeoutException, InterruptedException {
        List<ConfigResource> resources =
                definitions.stream().map(TopicCreator::resource).toList();
        Map<ConfigResource, Config> configs =
                await(admin.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(leftMillis()))
                        .all());
        List<String> sentences = new ArrayList<>();
        for (TopicDefinition definition : definitions) {
            Config config = configs.get(resource(definition));
            TopicDescription topic = existing.get(definition.name());
            if (config != null && topic != null) {
                String difference = TopicDifference.sentence(
                        definition, topic.partitions().size(), name -> ExistingTopic.config(config, name));
                if (difference != null) {
                    sentences.add(difference);
                }
            }
        }
        if (!sentences.isEmpty()) {
            throw new TopicMismatchException(String.join(" ", sentences));
        }
    }

    private static ConfigResource resource(TopicDefinition definition) {
        return new ConfigResource(ConfigResource.Type.TOPIC, definition.name());
    }

    /** A starting cluster reports too few brokers for the replication factor, so that error is transient too. */
    private static boolean isTransient(Throwable cause) {
        return cause instanceof RetriableException || cause instanceof InvalidReplicationFactorException;
    }

    private static TopicsUnavailableException unavailable(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new TopicsUnavailableException("The topics could not be verified or created: " + reason, cause);
    }

    private <T extends @Nullable Object> T await(KafkaFuture<T> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(0, leftNanos()), TimeUnit.NANOSECONDS);
    }

    private long leftNanos() {
        return deadlineNanos - System.nanoTime();
    }

    private int leftMillis() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(leftNanos())));
    }
}
