package dev.tally.streams.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.store.StateParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final byte[] PARAMETERS = parameters(Duration.ofHours(1));
    private static final String LACKING = ", so a rebuild would lack them: see \"Old events\" in docs/operations.md";

    @Test
    void shouldBeWholeWhenNothingIsDeleted() {
        assertThat(new Reach(Map.of(), new long[] {0, 0}).isWholeLog()).isTrue();
        assertThat(new Reach(Map.of(), new long[] {0, 1}).isWholeLog()).isFalse();
    }

    @Test
    void shouldReachWhenTheLogGoesOnAfterEachSnapshot() {
        // given
        Map<Integer, Snapshot> snapshots = Map.of(0, snapshot(-1, PARAMETERS), 1, snapshot(9, PARAMETERS));

        // when / then
        assertThat(new Reach(snapshots, new long[] {0, 10}).gap()).isNull();
        assertThat(new Reach(snapshots, new long[] {0, 11}).gap())
                .isEqualTo("The events before 1-11 were deleted and no snapshot of partition 1 reaches that far"
                        + LACKING);
        assertThat(new Reach(snapshots, new long[] {0, 5, 0}).gap())
                .isEqualTo(
                        "The events before 1-5 were deleted and no snapshot of partition 2 reaches that far" + LACKING);
    }

    @Test
    void shouldNotReachWhenSnapshotsDoNotFitTogether() {
        // given
        byte[] otherFormat = PARAMETERS.clone();
        otherFormat[0]++;

        // when / then
        assertThat(new Reach(
                                Map.of(0, snapshot(9, PARAMETERS), 1, snapshot(9, parameters(Duration.ofHours(2)))),
                                new long[] {1, 1})
                        .gap())
                .contains(
                        "The events before 0-1,1-1 were deleted",
                        "partitions 0 and 1 were made with different settings");
        assertThat(new Reach(Map.of(0, snapshot(9, otherFormat)), new long[] {1}).gap())
                .contains("this version does not read the format of the snapshot of partition 0");
    }

    @Test
    void shouldAcceptExactlyTheBeginningsOfTheLog() {
        // given
        Reach reach = new Reach(Map.of(), new long[] {0, 7, 3});

        // when / then
        assertThat(reach.isAccepted(Map.of(1, 7L, 2, 3L))).isTrue();
        assertThat(reach.isAccepted(Map.of(1, 7L))).isFalse();
        assertThat(reach.isAccepted(Map.of(1, 8L, 2, 3L))).isFalse();
    }

    private static byte[] parameters(Duration window) {
        return new StateParameters(window, HistoryRetention.NONE, true).value();
    }

    private static Snapshot snapshot(long applied, byte[] parameters) {
        return new Snapshot(1, 0, 5, 6, 7, applied, Instant.EPOCH, parameters, "g1");
    }
}
