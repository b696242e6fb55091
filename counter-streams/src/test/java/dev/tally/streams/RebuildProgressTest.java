package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.generation.CountingParameters;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.runtime.CountedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The progress of a rebuild on one instance, and in which of its phases the rate is limited. */
class RebuildProgressTest {
    private static final CountingParameters PARAMETERS =
            new CountingParameters(Duration.ofHours(24), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final int RATE = 50_000;

    private final Generations before = Generations.first(PARAMETERS, 5, Instant.EPOCH);
    private final Generations counting = before.rebuild(false, 5).counting(PARAMETERS, Instant.EPOCH);
    private final AtomicLong nanos = new AtomicLong();
    private CountedRecords counted;
    private final RebuildProgress progress =
            new RebuildProgress(name -> "g2".equals(name) ? counted : null, nanos::get);

    @Test
    void shouldShowNothingWithoutAChange() {
        // when
        progress.follow(before);

        // then
        assertThat(progress.text()).isEqualTo("no rebuild is in progress");
        assertThat(progress.counted()).isZero();
        assertThat(progress.log()).isZero();
        assertThat(progress.in(Phase.COUNTING)).isZero();
    }

    @Test
    void shouldShowThePhaseWhileNothingElseIsKnown() {
        // when
        progress.follow(before.rebuild(false, 5));

        // then
        assertThat(progress.text()).isEqualTo("generation g2: requested");
        assertThat(progress.counted()).isNaN();
        assertThat(progress.in(Phase.REQUESTED)).isEqualTo(1);
    }

    @Test
    void shouldShowTheRateAndTheTimeLeftWhenItIsKnown() {
        // given
        progress.follow(counting);
        counted = new CountedRecords(614_567, 2_000_000);
        assertThat(progress.text()).isEqualTo("generation g2: counting, 614567 of 2000000 events");

        // when
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
        counted = new CountedRecords(1_234_567, 2_000_000);

        // then
        String expected = "generation g2: counting, 1234567 of 2000000 events, 310000/s, 3 s left";
        assertThat(progress.text()).isEqualTo(expected);
        assertThat(progress.text()).isEqualTo(expected);
        assertThat(progress.counted()).isEqualTo(1_234_567);
        assertThat(progress.log()).isEqualTo(2_000_000);
    }

    @Test
    void shouldShowNoTimeLeftInALaterPhaseAndNothingAfterTheEnd() {
        // given
        progress.follow(counting);
        counted = new CountedRecords(1_000, 2_000);
        assertThat(progress.text()).isNotEmpty();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        counted = new CountedRecords(2_000, 2_000);

        // when
        progress.follow(counting.holding());

        // then
        assertThat(progress.text()).isEqualTo("generation g2: holding, 2000 of 2000 events");
        assertThat(progress.in(Phase.COUNTING)).isZero();

        // when
        progress.follow(counting.refused("1 counter differs", List.of()));

        // then
        assertThat(progress.text()).isEqualTo("no rebuild is in progress");
    }

    @Test
    void shouldLimitTheRateOfTheNewGenerationUntilItIsAwaitedOrLive() {
        // given
        Generations holding = counting.holding();
        Generations compared = holding.comparing().compared("equal", List.of());
        Generations stopping = compared.holding().stopping();
        Generations moving = stopping.moving(List.of(1L));
        Generations replacing = before.rebuild(false, 5).replacing(PARAMETERS, Instant.EPOCH, "Lost", List.of(1L));

        // then
        for (Generations limited : List.of(counting, compared)) {
            assertThat(RebuildRate.of(limited, "g2", RATE)).isEqualTo(RATE);
        }
        for (Generations awaited :
                List.of(holding, holding.comparing(), stopping, moving, moving.finished(), replacing)) {
            assertThat(RebuildRate.of(awaited, "g2", RATE)).isZero();
        }
        assertThat(RebuildRate.of(counting, "g1", RATE)).isZero();
        assertThat(RebuildRate.of(moving.finished(), "g1", RATE)).isEqualTo(RATE);
    }
}
