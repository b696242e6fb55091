package dev.tally.streams.snapshot;

import static dev.tally.streams.runtime.KafkaAnswers.TIMEOUT_MILLIS;

import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import dev.tally.streams.generation.BoardWriter;
import dev.tally.streams.runtime.KafkaAnswers;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.StateEntries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks which snapshots are due on this instance, and writes them one after the other. For one thread. */
final class SnapshotRound {
    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotRound.class);

    private final SnapshotSettings settings;
    private final SnapshotClients clients;
    private final BoardWriter board;
    private final CountDownLatch stop;

    /** @param stop ends the writing when it is zero */
    SnapshotRound(SnapshotSettings settings, BoardWriter board, CountDownLatch stop) {
        this.settings = settings;
        this.clients = new SnapshotClients(settings.clients());
        this.board = board;
        this.stop = stop;
    }

    /**
     * Blocks until all that are due are written.
     *
     * @param notes those of {@code tally.generations}
     */
    SnapshotStatus run(SnapshotSource source, Supplier<Map<String, String>> notes) throws InterruptedException {
        try (Admin admin = Admin.create(settings.admin())) {
            LogBounds bounds = new LogBounds(admin, settings.partitions());
            Reach wholeLog = new Reach(Map.of(), bounds.eventBegins());
            if (wholeLog.isWholeLog() && !bounds.isRetentionFinite()) {
                return SnapshotStatus.NOT_NEEDED;
            }
            Map<Integer, Snapshot> newest = bounds.snapshots(notes);
            boolean isOn = !settings.interval().isZero();
            if (isOn) {
                for (int partition : source.serving().partitions()) {
                    Snapshot made = make(source, partition, newest.get(partition), admin);
                    if (made != null) {
                        newest.put(partition, made);
                    }
                }
            }
            return SnapshotStatus.of(newest, new Reach(newest, bounds.eventBegins()), settings.partitions(), isOn);
        }
    }

    /** Null if none is due, or it could not be completed because this instance stops or no longer serves the partition. */
    private @Nullable Snapshot make(SnapshotSource source, int partition, @Nullable Snapshot last, Admin admin)
            throws InterruptedException {
        byte[] parameters = source.parameters().value();
        boolean isSame = last != null
                && last.generation().equals(source.generation())
                && Arrays.equals(last.parameters(), parameters);
        Instant now = Instant.now();
        if (last != null && isSame && last.createdAt().plus(settings.interval()).isAfter(now)) {
            return null;
        }
        ServingStores.Lease lease = source.serving().lease(partition);
        if (lease == null) {
            return null;
        }
        boolean isUnchanged = last != null && lease.view().written().position().offset() == last.applied();
        if (last != null && isSame && isUnchanged && source.serving().holds(lease)) {
            Snapshot again = last.at(now);
            board.post(Map.of(Snapshot.key(partition), again.text()));
            return again;
        }
        Snapshot written = write(source, lease, partition, parameters, admin);
        if (written == null || !source.serving().holds(lease)) {
            return null;
        }
        board.post(Map.of(Snapshot.key(partition), written.text()));
        LOGGER.info(
                "Snapshot of partition {} of generation {} as of {}-{}: {} entries in {}",
                partition,
                source.generation(),
                partition,
                written.applied(),
                written.entries(),
                Duration.between(now, Instant.now()));
        deleteBefore(written, partition, admin);
        return written;
    }

    private @Nullable Snapshot write(
            SnapshotSource source, ServingStores.Lease lease, int partition, byte[] parameters, Admin admin)
            throws InterruptedException {
        TopicCreator.ensure(
                admin,
                List.of(Topics.snapshots(settings.partitions(), settings.replicationFactor())),
                Duration.ofMillis(TIMEOUT_MILLIS));
        try (KafkaProducer<byte[], byte[]> producer = clients.writer();
                StateEntries state = lease.view().written().entries()) {
            // Opened under a lease that is still valid, so it is no partial write.
            return source.serving().holds(lease)
                    ? new SnapshotWriter(producer, stop).write(partition, state, parameters, source.generation())
                    : null;
        }
    }

    /** The earlier snapshots and what attempts that failed have left. */
    private static void deleteBefore(Snapshot written, int partition, Admin admin) {
        if (written.entries() > 0) {
            TopicPartition snapshots = new TopicPartition(Topics.SNAPSHOTS, partition);
            KafkaAnswers.await(admin.deleteRecords(
                            Map.of(snapshots, RecordsToDelete.beforeOffset(written.first())),
                            new DeleteRecordsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all());
        }
    }
}
