package dev.tally.streams.snapshot;

import static dev.tally.streams.snapshot.KafkaAnswers.TIMEOUT_MILLIS;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.runtime.Changelog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Gives a generation that has never counted the state of snapshots: their entries in its changelog, and its group's offsets after
 * them. Kafka Streams then restores the state and goes on with the log. All of it is made again if it did not end.
 *
 * <p>Of two instances that do so at the same time, the first is fenced. What it can still delete or create is detected: the
 * changelog is then another topic than the one that was filled. A generation that runs is not touched, because its group refuses
 * the offsets.
 */
final class Seeding {
    private final Admin admin;
    private final SnapshotClients clients;
    private final String live;
    private final String next;
    private final ChangelogTopic changelog;

    /**
     * @param live the group ID of the live generation
     * @param next the group ID of the generation to seed
     */
    Seeding(Admin admin, SnapshotClients clients, String live, String next) {
        this.admin = admin;
        this.clients = clients;
        this.live = live;
        this.next = next;
        this.changelog = new ChangelogTopic(admin, Changelog.topic(next));
    }

    /**
     * Copies the snapshots of all partitions. Blocks.
     *
     * @throws SnapshotDamagedException if one of them is not what was written
     * @throws TopicsUnavailableException if Kafka did not answer, or another instance does the same
     */
    void seed(Map<Integer, Snapshot> snapshots) {
        try (KafkaProducer<byte[], byte[]> producer = clients.seeder();
                KafkaConsumer<byte[], byte[]> consumer = clients.reader()) {
            producer.initTransactions();
            commitOffsets(snapshots);
            Uuid topic = changelog.createLike(Changelog.topic(live));
            SnapshotReader reader = new SnapshotReader(consumer);
            snapshots.forEach((partition, snapshot) -> {
                SeedWriter writer = new SeedWriter(producer, Changelog.topic(next), partition);
                reader.read(partition, snapshot, writer::write);
                writer.end();
            });
            if (!topic.equals(changelog.id())) {
                throw new TopicsUnavailableException("Another instance has created " + Changelog.topic(next), null);
            }
        } catch (SnapshotDamagedException | TopicsUnavailableException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            throw new TopicsUnavailableException("A snapshot was deleted while it was read", e);
        } catch (KafkaException e) {
            throw new TopicsUnavailableException("The snapshots could not be copied: " + e.getMessage(), e);
        }
    }

    private void commitOffsets(Map<Integer, Snapshot> snapshots) {
        KafkaAnswers.await(admin.alterConsumerGroupOffsets(
                        next,
                        offsets(snapshots),
                        new AlterConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Snapshot> snapshots) {
        return snapshots.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> new TopicPartition(Topics.EVENTS, each.getKey()),
                        each -> new OffsetAndMetadata(each.getValue().applied() + 1)));
    }

    /** Deletes what an earlier attempt has left. */
    void clear() {
        try {
            KafkaAnswers.await(admin.deleteConsumerGroups(
                            List.of(next), new DeleteConsumerGroupsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all());
        } catch (GroupIdNotFoundException e) {
            // nothing was left
        }
        changelog.delete();
    }
}
