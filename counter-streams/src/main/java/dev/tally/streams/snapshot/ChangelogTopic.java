package dev.tally.streams.snapshot;

import static dev.tally.streams.runtime.KafkaAnswers.TIMEOUT_MILLIS;

import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.runtime.KafkaAnswers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The changelog of a generation that does not count yet. Blocks, in bounded time. */
final class ChangelogTopic {
    private static final int TRIES_MAX = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Admin admin;
    private final String name;

    ChangelogTopic(Admin admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    /** Deletes it if it exists, and creates it. */
    Uuid replace(int partitions, int replicationFactor, Map<String, String> configs) {
        delete();
        NewTopic topic = new NewTopic(name, partitions, (short) replicationFactor).configs(configs);
        for (int i = 0; i < TRIES_MAX; i++) {
            CreateTopicsResult created =
                    admin.createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS));
            try {
                return KafkaAnswers.await(created.topicId(name));
            } catch (TopicExistsException e) {
                LockSupport.parkNanos(PAUSE_NANOS); // its deletion is not complete
            }
        }
        throw new TopicsUnavailableException("The topic " + name + " could not be replaced", null);
    }

    void delete() {
        try {
            KafkaAnswers.await(admin.deleteTopics(List.of(name), new DeleteTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all());
        } catch (UnknownTopicOrPartitionException e) {
            // there is none
        }
    }

    /** Null if there is none. */
    @Nullable
    Uuid id() {
        TopicDescription topic = KafkaAnswers.await(
                        admin.describeTopics(List.of(name), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                                .allTopicNames())
                .get(name);
        return topic == null ? null : topic.topicId();
    }
}
