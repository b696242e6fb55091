package dev.tally.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters();
    private final List<String> woken = new ArrayList<>();

    @Test
    void shouldWakeThoseWhoseOffsetIsAppliedAndNoOthers() {
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
    void shouldNotWakeWhoGaveUp() {
        // given
        Waiters.Waiter waiter = waiters.add(5, () -> woken.add("5"));

        // when
        waiter.giveUp();
        waiter.giveUp();
        waiters.applied(5);
        waiter.wakeNow();

        // then
        assertThat(woken).isEmpty();
        assertThat(waiters.size()).isZero();
    }

    @Test
    void shouldWakeOnceWhenWokenFromTwoSides() {
        // given
        Waiters.Waiter waiter = waiters.add(5, () -> woken.add("5"));

        // when
        waiter.wakeNow();
        waiters.applied(5);

        // then
        assertThat(woken).containsExactly("5");
    }
}
