package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();
    private final List<String> woken = new ArrayList<>();

    @Test
    void shouldWakeOnlyWaitersWhoseOffsetIsApplied() {
        // given
        waiters.add(7, () -> woken.add("7"));
        waiters.add(5, () -> woken.add("5"));
        waiters.add(6, () -> woken.add("6"));

        // when
        waiters.applied(4);
        assertThat(woken).isEmpty();
        waiters.applied(6);

        // then
        assertThat(woken).containsExactly("5", "6");
        assertThat(waiters.size()).isEqualTo(1);
    }

    /**
     * The check after each record has no fence; the check after the last record of a run has one. At least one of them finds a
     * reader that registers concurrently.
     */
    @Test
    void shouldWakeEveryReaderWhenItRegistersWhileRunsAreApplied() throws Exception {
        // given
        int last = 400_000;
        long seed = Seed.printed(WaitersTest.class);
        AppliedOffset applied = new AppliedOffset();
        AtomicInteger wakes = new AtomicInteger();
        AtomicInteger registered = new AtomicInteger();
        Thread counting = new Thread(() -> {
            Random random = new Random(seed);
            long offset = 0;
            while (offset < last) {
                long runEnd = Math.min(last, offset + 1 + random.nextInt(3));
                while (offset < runEnd) {
                    offset++;
                    applied.set(offset, offset, offset);
                    waiters.wakeUpTo(offset);
                }
                waiters.applied(offset);
            }
        });

        // when: each reader waits for the next record or a later one, as WriteBehindStore.await does
        counting.start();
        Random random = new Random(seed + 1);
        while (applied.position().offset() < last) {
            long offset = Math.min(last, applied.position().offset() + 1 + random.nextInt(2));
            registered.incrementAndGet();
            Waiters.Waiter waiter = waiters.add(offset, wakes::incrementAndGet);
            VarHandle.fullFence();
            if (applied.position().offset() >= offset) {
                waiter.wakeNow();
            }
        }
        counting.join();

        // then
        assertThat(wakes).hasValue(registered.get());
        assertThat(waiters.size()).isZero();
    }

    @Test
    void shouldWakeAllWhenThePartitionIsWithdrawn() {
        // given
        waiters.add(Long.MAX_VALUE, () -> woken.add("last"));
        waiters.add(0, () -> woken.add("first"));

        // when
        waiters.wakeAll();
        waiters.wakeAll();

        // then
        assertThat(woken).containsExactly("first", "last");
    }

    @Test
    void shouldNotWakeAWaiterWhenItWasCancelled() {
        // given
        Waiters.Waiter waiter = waiters.add(5, () -> woken.add("5"));

        // when
        waiter.cancel();
        waiter.cancel();
        waiters.applied(5);
        waiter.wakeNow();

        // then
        assertThat(woken).isEmpty();
        assertThat(waiters.size()).isZero();
    }

    @Test
    void shouldWakeOnceWhenWokenConcurrently() {
        // given
        Waiters.Waiter waiter = waiters.add(5, () -> woken.add("5"));

        // when
        waiter.wakeNow();
        waiters.applied(5);

        // then
        assertThat(woken).containsExactly("5");
    }
}
