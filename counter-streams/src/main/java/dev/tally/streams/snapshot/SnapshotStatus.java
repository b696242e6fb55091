package dev.tally.streams.snapshot;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last check of the snapshots has found.
 *
 * @param detail one phrase, for people
 * @param isWarning whether a rebuild is or will be refused, or lack events
 * @param oldest the time of the oldest of the newest snapshots; null if a partition has none, or none is needed
 */
record SnapshotStatus(
        String detail, boolean isWarning, @Nullable Instant oldest) {
    static final SnapshotStatus UNKNOWN = new SnapshotStatus("not checked yet", false, null);
    static final SnapshotStatus NOT_NEEDED =
            new SnapshotStatus("none is needed: tally.events keeps its events", false, null);

    /**
     * Where events are deleted.
     *
     * @param snapshots the newest of each partition
     */
    static SnapshotStatus of(Map<Integer, Snapshot> snapshots, Reach reach, int partitions, boolean isOn) {
        for (int partition = 0; partition < partitions; partition++) {
            if (snapshots.containsKey(partition) && !reach.reaches(partition)) {
                return new SnapshotStatus(
                        "the events before " + reach.begins() + " were deleted, and the newest snapshot of partition "
                                + partition + " does not reach that far: a rebuild is refused until the next one",
                        true,
                        null);
            }
        }
        if (!isOn) {
            return new SnapshotStatus(
                    "tally.events deletes events and TALLY_SNAPSHOT_INTERVAL is 0s: a rebuild will be refused, or lack them",
                    true,
                    null);
        }
        Instant oldest = oldest(snapshots);
        return snapshots.size() == partitions && oldest != null
                ? new SnapshotStatus("each partition has one, the oldest of " + oldest, false, oldest)
                : new SnapshotStatus(snapshots.size() + " of " + partitions + " partitions have one", false, null);
    }

    private static @Nullable Instant oldest(Map<Integer, Snapshot> snapshots) {
        return snapshots.values().stream()
                .map(Snapshot::createdAt)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
