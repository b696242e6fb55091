package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong nanos = new AtomicLong(-5 * SECOND);
    private final EventRate rate = new EventRate(nanos::get);

    @Test
    void shouldNeverWaitWithoutALimit() {
        // when
        rate.polled(Integer.MAX_VALUE);

        // then
        assertThat(rate.waitNanos()).isZero();
    }

    @Test
    void shouldWaitUntilTheRateAllowsForThePolledEvents() {
        // given
        rate.set(1_000);
        assertThat(rate.waitNanos()).isZero();

        // when
        rate.polled(5_000);

        // then
        assertThat(rate.waitNanos()).isEqualTo(5 * SECOND);

        // when
        nanos.addAndGet(5 * SECOND - 1);

        // then
        assertThat(rate.waitNanos()).isEqualTo(1);

        // when
        nanos.incrementAndGet();

        // then
        assertThat(rate.waitNanos()).isZero();
    }

    @Test
    void shouldCountTheEventsOfAllThreadsTogether() {
        // given
        rate.set(1_000);

        // when
        rate.polled(1_000);
        rate.polled(2_000);

        // then
        assertThat(rate.waitNanos()).isEqualTo(3 * SECOND);
    }

    @Test
    void shouldMeetTheRateOverManyPolls() {
        // given
        rate.set(50_000);
        long began = nanos.get();
        long polled = 0;

        // when
        while (nanos.get() - began < 10 * SECOND) {
            rate.polled(5_000);
            polled += 5_000;
            nanos.addAndGet(Math.max(rate.waitNanos(), SECOND / 100)); // it counts for 10 ms
        }

        // then
        assertThat(polled).isBetween(495_000L, 510_000L);
    }

    @Test
    void shouldNotDelayAGenerationThatKeepsUp() {
        // given
        rate.set(1_000);

        // then
        for (int i = 0; i < 100; i++) {
            nanos.addAndGet(SECOND / 100);
            assertThat(rate.waitNanos()).isZero();
            rate.polled(5);
        }
    }

    @Test
    void shouldSaveNoMoreThanItsMaximumWhenIdle() {
        // given
        rate.set(1_000);
        nanos.addAndGet(1_000 * SECOND);

        // when
        rate.polled(1_000);

        // then
        assertThat(rate.waitNanos()).isEqualTo(SECOND - EventRate.SAVED_NANOS_MAX);
    }

    @Test
    void shouldEndTheWaitAndTellOfItWhenItIsChanged() {
        // given
        AtomicInteger changes = new AtomicInteger();
        rate.onChange(changes::incrementAndGet);
        rate.set(1);
        rate.set(1);
        rate.polled(5_000);

        // when
        rate.set(EventRate.UNLIMITED);

        // then
        assertThat(rate.waitNanos()).isZero();
        assertThat(changes).hasValue(2);

        // when
        rate.set(2);

        // then
        assertThat(rate.waitNanos()).isZero();
    }

    @Test
    void shouldRefuseANegativeRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate.set(-1))
                .withMessage("events a second: -1 (expected: 0 or more)");
    }
}
