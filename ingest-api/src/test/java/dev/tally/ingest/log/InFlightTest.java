package dev.tally.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void shouldTakeTheWholeShareOrNothing() {
        // given
        InFlight inFlight = new InFlight(10, 1_000);

        // then
        assertThat(inFlight.tryTake(8, 100)).isTrue();
        assertThat(inFlight.tryTake(3, 100)).isFalse();
        assertThat(inFlight.tryTake(1, 901)).isFalse();
        assertThat(inFlight.tryTake(2, 900)).isTrue();
        assertThat(inFlight.events()).isEqualTo(10);
        assertThat(inFlight.bytes()).isEqualTo(1_000);
        assertThat(inFlight.tryTake(1, 0)).isFalse();

        // when
        inFlight.giveBack(8, 100);

        // then
        assertThat(inFlight.tryTake(8, 100)).isTrue();
        assertThat(inFlight.tryTake(Integer.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void shouldRefuseBoundsOutOfRange() {
        assertThatThrownBy(() -> new InFlight(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InFlight(1 << 24, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InFlight(1, 1L << 40)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNeverExceedItsBoundWhenManyThreadsTake() throws InterruptedException {
        // given
        long seed = Seed.printed(InFlightTest.class);
        InFlight inFlight = new InFlight(50, 10_000);
        AtomicInteger worst = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();

        // when
        for (int t = 0; t < 4; t++) {
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    int events = 1 + random.nextInt(20);
                    if (inFlight.tryTake(events, events * 10L)) {
                        worst.accumulateAndGet(inFlight.events(), Math::max);
                        inFlight.giveBack(events, events * 10L);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // then
        assertThat(worst.get()).isPositive().isLessThanOrEqualTo(50);
        assertThat(inFlight.events()).isZero();
        assertThat(inFlight.bytes()).isZero();
    }
}
