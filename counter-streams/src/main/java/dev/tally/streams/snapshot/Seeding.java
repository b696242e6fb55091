package dev.tally.streams.snapshot;

import static dev.tally.streams.runtime.KafkaAnswers.TIMEOUT_MILLIS;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.runtime.Changelog;
import dev.tally.streams.runtime.KafkaAnswers;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

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
    private final SnapshotSettings settings;
    private final String next;
    private final String topic;
    private final ChangelogTopic changelog;

    /** @param next the group ID of the generation to seed */
    Seeding(Admin admin, SnapshotSettings settings, String next) {
        this.admin = admin;
        this.clients = new SnapshotClients(settings.clients());
        this.settings = settings;
        this.next = next;
        this.topic = Changelog.topic(next);
        this.changelog = new ChangelogTopic(admin, topic);
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
            commit(offsets(snapshots));
            Uuid created = changelog.replace(
                    settings.partitions(), settings.replicationFactor(), Changelog.configs(settings.streams()));
            SnapshotReader reader = new SnapshotReader(consumer);
            snapshots.forEach((partition, snapshot) -> {
                SeedWriter writer = new SeedWriter(producer, topic, partition);
                reader.read(partition, snapshot, writer::write);
                writer.end();
            });
            if (!created.equals(changelog.id())) {
                throw new TopicsUnavailableException("Another instance has created " + topic, null);
            }
        } catch (SnapshotDamagedException | TopicsUnavailableException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            throw new TopicsUnavailableException("A snapshot was deleted while it was read", e);
        } catch (KafkaException e) {
            throw new TopicsUnavailableException("The snapshots could not be copied: " + e.getMessage(), e);
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        KafkaAnswers.await(admin.alterConsumerGroupOffsets(
                        next, offsets, new AlterConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all());
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<Integer, Snapshot> snapshots) {
        return snapshots.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> new TopicPartition(Topics.EVENTS, each.getKey()),
                        each -> new OffsetAndMetadata(each.getValue().applied() + 1)));
    }

    /**
     * Makes it begin without a state, where the log begins now. In a partition without events it has then counted all there are.
     *
     * @param begins by partition, the offset of the first event
     */
    void skip(long[] begins) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int partition = 0; partition < begins.length; partition++) {
            offsets.put(new TopicPartition(Topics.EVENTS, partition), new OffsetAndMetadata(begins[partition]));
        }
        commit(offsets);
        deleteChangelog();
    }

    /** Deletes what an earlier attempt has left. */
    void deleteChangelog() {
        changelog.delete();
    }
}
