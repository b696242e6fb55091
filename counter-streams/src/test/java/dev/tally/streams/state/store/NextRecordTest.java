package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.log.LogCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextRecordTest {
    private final List<String> asked = new ArrayList<>();
    private final AppliedOffset applied = new AppliedOffset();
    private long resumeAt;

    private final NextRecord next = new NextRecord(new LogCheck() {
        @Override
        public long open(int partition, long offset, long appendTime) {
            asked.add("open " + partition + "-" + offset + " of " + appendTime);
            return resumeAt;
        }

        @Override
        public void explainGap(int partition, long expected, long offset) {
            asked.add("gap " + partition + "-" + expected + " to " + offset);
        }

        @Override
        public void compare(int partition, long offset, long storedAppendTime, long appendTime) {
            asked.add("compare " + partition + "-" + offset + ": " + storedAppendTime + ", " + appendTime);
        }
    });

    @Test
    void shouldCheckNothingWhenTheNextRecordHasTheExpectedOffset() {
        // given
        opened(4, 5);

        // when / then
        assertThat(next.isNew(5, 51, applied)).isTrue();
        assertThat(next.isNew(3, 31, applied)).isFalse();
        assertThat(asked).containsExactly("open 2-4 of 40");
    }

    @Test
    void shouldCheckAGapWhenOffsetsAreMissing() {
        // given
        opened(4, 5);

        // when / then
        assertThat(next.isNew(7, 71, applied)).isTrue();
        assertThat(asked).contains("gap 2-5 to 7");
    }

    @Test
    void shouldFindNoGapWhenOffsetsWereAlreadyChecked() {
        // given
        opened(4, 9);

        // when / then
        assertThat(next.isNew(9, 91, applied)).isTrue();
        applied.set(9, 91, 91);
        assertThat(next.isNew(11, 111, applied)).isTrue();
        assertThat(asked).containsExactly("open 2-4 of 40", "gap 2-10 to 11");
    }

    @Test
    void shouldCompareTheRecordAtTheAppliedOffset() {
        // given
        opened(4, 5);

        // when / then
        assertThat(next.isNew(4, 41, applied)).isFalse();
        assertThat(asked).contains("compare 2-4: 40, 41");
    }

    private void opened(long offset, long resume) {
        applied.set(offset, 50, offset * 10);
        resumeAt = resume;
        next.open(2, applied);
    }
}
