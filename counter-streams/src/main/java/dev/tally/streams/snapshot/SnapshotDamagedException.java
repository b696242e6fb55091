package dev.tally.streams.snapshot;

import dev.tally.schemas.topic.Topics;

/** The entries of a snapshot are not those that were written. */
final class SnapshotDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotDamagedException(int partition) {
        super("The snapshot of partition " + partition + " in " + Topics.SNAPSHOTS + " is damaged or incomplete");
    }
}
