package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.streams.state.log.LogMismatchException;
import dev.tally.streams.state.log.LogUnavailableException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateCheckTest {
    private static final long NONE = -1;

    private final ScriptedLog log = new ScriptedLog();
    private final StateCheck check = new StateCheck(log, "group", "changelog", Map.of(3, 7L));

    @Test
    void shouldContinueWhenTheRecordAtTheAppliedOffsetIsUnchanged() {
        // given
        log.records(0, 10).bounds(0, 10, 5);

        // when / then
        assertThat(check.open(3, 4, 40)).isEqualTo(5);
        assertThat(check.open(3, 9, 90)).isEqualTo(10);
    }

    @Test
    void shouldStartAnEmptyStateAtTheBeginning() {
        // given
        log.records(0, 10);

        // when / then
        log.bounds(0, 10, NONE);
        assertThat(check.open(3, -1, -1)).isZero();
        log.bounds(0, 10, 0);
        assertThat(check.open(3, -1, -1)).isZero();
        log.bounds(0, 0, NONE);
        assertThat(check.open(3, -1, -1)).isZero();
    }

    @Test
    void shouldRefuseALogThatIsShorter() {
        // given
        log.records(0, 4).bounds(0, 4, NONE);

        // when / then
        refused(4, 40, "up to 3-4 but the log ends before 3-4");
        log.bounds(0, 4, 5);
        refused(3, 30, "committed tally.events up to 3-4 but the log ends before 3-4");
    }

    @Test
    void shouldRefuseAnotherRecordAtTheAppliedOffset() {
        // given
        log.records(0, 10).bounds(0, 10, 5);

        // when / then
        refused(4, 41, "at 3-4 of tally.events was appended at 1970-01-01T00:00:00.040Z");
        log.records.remove(4L);
        refused(4, 40, "There is no event at 3-4");
    }

    @Test
    void shouldContinueWhenOnlyAppliedRecordsAreDeleted() {
        // given
        log.records(5, 10).bounds(5, 10, 5);

        // when / then
        assertThat(check.open(3, 4, 40)).isEqualTo(5);
    }

    @Test
    void shouldRefuseWhatWasDeletedBeforeItWasApplied() {
        // given
        log.records(6, 10).bounds(6, 10, NONE);

        // when / then
        refused(4, 40, "3-5 to 3-5 of tally.events were deleted", "TALLY_STREAMS_ACCEPT_GAP=3-6:");
        refused(-1, -1, "3-0 to 3-5 of tally.events were deleted", "TALLY_STREAMS_ACCEPT_GAP=3-6:");
        assertThatThrownBy(() -> check.explainGap(3, 5, 6)).isInstanceOf(LogMismatchException.class);
    }

    @Test
    void shouldAcceptAGapOnlyAtTheAcceptedOffset() {
        // given
        log.records(7, 10).bounds(7, 10, 5);

        // when / then
        assertThat(check.open(3, 4, 40)).isEqualTo(7);
        assertThat(check.open(3, -1, -1)).isEqualTo(7);
        check.explainGap(3, 5, 7);
        assertThatThrownBy(() -> check.open(2, 4, 40)).hasMessageContaining("TALLY_STREAMS_ACCEPT_GAP=2-7:");
        log.bounds(8, 10, 5);
        refused(4, 40, "TALLY_STREAMS_ACCEPT_GAP=3-8:");
    }

    @Test
    void shouldRefuseAGapThatIsAcceptedWhenTheGroupHasCountedBeyondIt() {
        // given
        log.records(7, 10).bounds(7, 10, 9);

        // when / then
        refused(4, 40, "counted tally.events up to 3-8", "only up to 3-4", "so 3-7 would never be counted");
    }

    @Test
    void shouldRefuseAStateBehindTheOffsets() {
        // given
        log.records(0, 10).bounds(0, 10, 8);

        // when / then
        refused(
                4,
                40,
                "counted tally.events up to 3-7",
                "only up to 3-4",
                "so 3-5 would never be counted",
                "changelog");
        refused(-1, -1, "the state holds none of them", "so 3-0 would never be counted");
    }

    @Test
    void shouldContinueWhenOnlyTransactionMarkersPrecedeTheOffsets() {
        // given
        log.records(0, 5).bounds(0, 8, 8);

        // when / then
        assertThat(check.open(3, 4, 40)).isEqualTo(8);
    }

    @Test
    void shouldRefuseAStateWhoseChangelogIsEmpty() {
        // given
        log.records(0, 10).bounds(0, 10, NONE);
        log.changelogEnd = 0;

        // when / then
        refused(4, 40, "partition 3 of the changelog topic changelog is empty");
        assertThat(check.open(3, -1, -1)).isZero();
    }

    @Test
    void shouldAcceptAGapWhenNothingWasDeleted() {
        // given
        log.records(0, 10).bounds(5, 10, 5);

        // when / then: nothing is thrown
        check.explainGap(3, 5, 9);
    }

    @Test
    void shouldReadAgainWhenTheLogStartOffsetMoves() {
        // given
        log.records(5, 10).bounds(0, 10, 5);
        log.movesTo = 5;

        // when / then
        assertThat(check.open(3, 4, 40)).isEqualTo(5);

        // given
        log.bounds(0, 10, 5);
        log.movesTo = 0;

        // when / then
        assertThatThrownBy(() -> check.open(3, 4, 40)).isInstanceOf(LogUnavailableException.class);
    }

    private void refused(long applied, long appendTime, String... said) {
        assertThatThrownBy(() -> check.open(3, applied, appendTime))
                .isInstanceOf(LogMismatchException.class)
                .hasMessageContainingAll(said)
                .hasMessageEndingWith("see \"The state and the log do not fit\" in docs/operations.md");
    }

    /** The append time of each record is ten times its offset. */
    private static final class ScriptedLog implements LogLookup {
        private final TreeMap<Long, Found> records = new TreeMap<>();
        private Bounds bounds = new Bounds(0, 0, NONE, 0);
        private long changelogEnd = 1;
        /** The log start offset after a read of deleted records; -1 if no records are deleted. */
        private long movesTo = -1;

        ScriptedLog records(long from, long to) {
            for (long offset = from; offset < to; offset++) {
                records.put(offset, new Found(offset, offset * 10));
            }
            return this;
        }

        void bounds(long begin, long end, long committed) {
            bounds = new Bounds(begin, end, committed, changelogEnd);
        }

        @Override
        public Bounds bounds(int partition) {
            return new Bounds(bounds.begin(), bounds.end(), bounds.committed(), changelogEnd);
        }

        @Override
        public long begin(int partition) {
            return bounds.begin();
        }

        @Override
        public @Nullable Found first(int partition, long from, long to) {
            if (movesTo >= 0) {
                bounds = new Bounds(movesTo, bounds.end(), bounds.committed(), changelogEnd);
                throw new OffsetOutOfRangeException(Map.of());
            }
            Map.Entry<Long, Found> found = records.ceilingEntry(from);
            return found == null || found.getKey() >= to ? null : found.getValue();
        }
    }
}
