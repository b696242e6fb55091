package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buckets by the time at which events occurred: at bucket edges, late, ahead, expired and deleted. */
class CountingHistoryTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** Noon of a day. */
    private static final long NOON = 20_000 * DAY + 12 * HOUR;

    private final CountingDriver counting = new CountingDriver();

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldPutAnEventIntoTheBucketInWhichItOccurredWhenItIsAtAnEdge() {
        // when
        add(NOON, 1, NOON);
        add(NOON, 2, NOON - 1);
        add(NOON, 4, NOON + MINUTE - 1);
        add(NOON, 8, NOON + MINUTE);

        // then
        assertThat(buckets(Step.MINUTE, NOON - HOUR, NOON + HOUR))
                .containsExactly(bucket(-1, 2), bucket(0, 5), bucket(1, 8));
        assertThat(history(Step.HOUR, NOON - DAY, NOON + DAY).buckets())
                .extracting(History.Bucket::delta)
                .containsExactly(BigInteger.TWO, BigInteger.valueOf(13));
    }

    @Test
    void shouldAddUpWhenEventsAreLateRepeatedly() {
        // given
        for (int minute = 0; minute < 5; minute++) {
            add(NOON + minute * MINUTE, 1, NOON + minute * MINUTE);
        }

        // when
        add(NOON + 5 * MINUTE, 10, NOON);
        add(NOON + 5 * MINUTE, 100, NOON);
        add(NOON + 5 * MINUTE, 1_000, NOON - 13 * HOUR);

        // then
        assertThat(buckets(Step.MINUTE, NOON, NOON + HOUR))
                .containsExactly(bucket(0, 111), bucket(1, 1), bucket(2, 1), bucket(3, 1), bucket(4, 1));
        assertThat(history(Step.DAY, NOON - 12 * HOUR - DAY, NOON + 12 * HOUR).buckets())
                .extracting(History.Bucket::delta)
                .containsExactly(BigInteger.valueOf(1_000), BigInteger.valueOf(115));
    }

    @Test
    void shouldShowEventsFromFarAheadWhenStreamTimeReachesThem() {
        // given
        add(NOON, 1, NOON + 3 * DAY);
        add(NOON, 2, NOON);

        // when
        add(NOON + 3 * DAY, 4, NOON + 3 * DAY);
        add(NOON + 4 * DAY, 8, NOON + 4 * DAY);

        // then
        long from = NOON + 3 * DAY - 12 * HOUR;
        assertThat(history(Step.HOUR, from, from + 2 * DAY).buckets())
                .extracting(History.Bucket::delta)
                .containsExactly(BigInteger.valueOf(5), BigInteger.valueOf(8));
    }

    @Test
    void shouldKeepWholeDaysOfHoursWhenTheyExpire() {
        // given: hours are kept for two days
        for (int hour = 0; hour < 4 * 24; hour++) {
            add(NOON + hour * HOUR, 1, NOON + hour * HOUR);
        }
        long now = NOON + (4 * 24 - 1) * HOUR;

        // when
        History hours = history(Step.HOUR, NOON, now + HOUR);

        // then
        long earliest = Step.DAY.bucket(now - 2 * DAY) * 24;
        assertThat(hours.earliest()).isEqualTo(earliest);
        assertThat(hours.buckets()).hasSize((int) (Step.HOUR.bucket(now) - earliest + 1));
        for (History.Bucket day : history(Step.DAY, NOON - 12 * HOUR, now + DAY).buckets()) {
            if (day.number() * 24 >= earliest) {
                assertThat(hours.buckets().stream()
                                .filter(hour -> hour.number() / 24 == day.number())
                                .map(History.Bucket::delta)
                                .reduce(BigInteger.ZERO, BigInteger::add))
                        .isEqualTo(day.delta());
            }
        }
    }

    @Test
    void shouldRemoveExpiredBucketsFromTheStore() {
        // given: minutes are retained for two hours and removed in periods of four hours
        for (int minute = 0; minute < 60; minute++) {
            add(NOON + minute * MINUTE, 1, NOON + minute * MINUTE);
        }
        int before = counting.count('h');

        // when
        add(NOON + DAY, 1, NOON + DAY);

        // then: of the 59 completed minutes, each sixteen share an entry; the previous hour and day are in the
        // counter's own
        assertThat(before).isEqualTo(3);
        assertThat(counting.count('h')).isZero();
        assertThat(buckets(Step.MINUTE, NOON, NOON + HOUR)).isEmpty();
        assertThat(history(Step.HOUR, NOON, NOON + 2 * DAY).buckets()).hasSize(2);
    }

    @Test
    void shouldRemoveSomeHundredsBucketsACommitWhenTheStreamTimeJumps() {
        // given
        int counters = 3_000;
        counting.holdCommits(true);
        int minutes = 17; // each counter completes as many as fill an entry
        for (int i = 0; i < minutes * counters; i++) {
            long time = NOON + i / counters * MINUTE;
            counting.sendAt(time, "shop/c" + i % counters, Operation.ADD, 1, null, time);
        }
        counting.holdCommits(false);
        counting.sendAt(NOON + minutes * MINUTE, "shop/c0", Operation.SET, 1);
        int left = counting.count('h');
        assertThat(left).isEqualTo(counters);

        // when
        while (left > 0) {
            counting.holdCommits(true);
            for (int i = 0; i < 1_000; i++) {
                counting.sendAt(NOON + 2 * DAY, "shop/c0", Operation.SET, i);
            }
            counting.holdCommits(false);
            counting.sendAt(NOON + 2 * DAY, "shop/c0", Operation.SET, 1);

            // then
            int leftNow = counting.count('h');
            assertThat(left - leftNow).isBetween(1, 500);
            left = leftNow;
        }
    }

    @Test
    void shouldForgetTheHistoryWhenTheCounterIsDeleted() {
        // given
        add(NOON, 1, NOON);
        add(NOON + MINUTE, 2, NOON + MINUTE);
        add(NOON + 2 * MINUTE, 3, NOON + 2 * MINUTE);

        // when
        counting.sendAt(NOON + 3 * MINUTE, "shop/sold", Operation.DELETE, 0);

        // then
        assertThat(history(Step.MINUTE, NOON, NOON + HOUR)).isNull();

        // when
        add(NOON + 3 * MINUTE, 40, NOON + 3 * MINUTE);
        add(NOON + 3 * MINUTE, 50, NOON + MINUTE);

        // then
        assertThat(buckets(Step.MINUTE, NOON, NOON + HOUR)).containsExactly(bucket(1, 50), bucket(3, 40));
    }

    @Test
    void shouldExceedTheRangeOfATotalWhenSetsOccurInBetween() {
        // when
        for (int i = 0; i < 3; i++) {
            add(NOON, Long.MAX_VALUE, NOON);
            counting.sendAt(NOON, "shop/sold", Operation.SET, 0);
        }
        add(NOON, 1, NOON + MINUTE);

        // then
        BigInteger threefold = BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(3));
        assertThat(history(Step.MINUTE, NOON, NOON + HOUR).buckets().get(0).delta())
                .isEqualTo(threefold);
        assertThat(history(Step.DAY, NOON - DAY, NOON + DAY).buckets().get(0).delta())
                .isEqualTo(threefold.add(BigInteger.ONE));
    }

    private void add(long appendTime, long delta, long occurredAt) {
        counting.sendAt(appendTime, "shop/sold", Operation.ADD, delta, null, occurredAt);
    }

    private History history(Step step, long from, long to) {
        return counting.history("shop/sold", new HistoryRange(step, step.bucket(from), step.bucket(to)));
    }

    private List<History.Bucket> buckets(Step step, long from, long to) {
        return history(step, from, to).buckets();
    }

    private static History.Bucket bucket(long minutesAfterNoon, long delta) {
        return new History.Bucket(NOON / MINUTE + minutesAfterNoon, BigInteger.valueOf(delta));
    }
}
