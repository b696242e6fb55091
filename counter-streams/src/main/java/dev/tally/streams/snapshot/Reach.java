package dev.tally.streams.snapshot;

import dev.tally.streams.state.store.StateParameters;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether the snapshots of all partitions together reach back to what the log has. Immutable. */
final class Reach {
    private final Map<Integer, Snapshot> snapshots;
    private final long[] begins;

    /**
     * @param snapshots by partition
     * @param begins by partition, the offset of the first event that is not deleted
     */
    Reach(Map<Integer, Snapshot> snapshots, long[] begins) {
        this.snapshots = Map.copyOf(snapshots);
        this.begins = begins.clone();
    }

    boolean isWholeLog() {
        return Arrays.stream(begins).allMatch(begin -> begin == 0);
    }

    /** Why no generation can begin with the snapshots, in a sentence; null if one can. */
    @Nullable
    String gap() {
        byte[] parameters = null;
        for (int partition = 0; partition < begins.length; partition++) {
            Snapshot snapshot = snapshots.get(partition);
            if (snapshot == null || !reaches(partition)) {
                return gap("no snapshot of partition " + partition + " reaches that far");
            } else if (!StateParameters.isReadable(snapshot.parameters())) {
                return gap("this version does not read the format of the snapshot of partition " + partition);
            } else if (parameters != null && !Arrays.equals(parameters, snapshot.parameters())) {
                return gap("the snapshots of partitions 0 and " + partition
                        + " were made with different settings (the next ones will agree)");
            }
            parameters = snapshot.parameters();
        }
        return null;
    }

    /** The sentence of a gap. */
    String gap(String why) {
        return "The events before " + begins() + " were deleted and " + why
                + ", so a rebuild would lack them: see \"Old events\" in docs/operations.md";
    }

    /** Whether the events of a partition that are not in its newest snapshot are all in the log. */
    boolean reaches(int partition) {
        Snapshot snapshot = snapshots.get(partition);
        return snapshot != null && snapshot.applied() + 1 >= begins[partition];
    }

    /** Whether the operator has accepted exactly this beginning of the log. */
    boolean isAccepted(Map<Integer, Long> gaps) {
        return IntStream.range(0, begins.length)
                .allMatch(partition ->
                        begins[partition] == 0 || Objects.equals(gaps.get(partition), Long.valueOf(begins[partition])));
    }

    /** Where the log begins, as the setting of an accepted gap has it. */
    String begins() {
        return IntStream.range(0, begins.length)
                .filter(partition -> begins[partition] > 0)
                .mapToObj(partition -> partition + "-" + begins[partition])
                .collect(Collectors.joining(","));
    }
}
