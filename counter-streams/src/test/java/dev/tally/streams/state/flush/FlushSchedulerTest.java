package dev.tally.streams.state.flush;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.WrittenState;
import dev.tally.streams.state.store.StoreDriver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlushSchedulerTest {
    private static final int READERS = 1_000;

    private final StoreDriver driver = new StoreDriver();
    private final List<String> woken = new ArrayList<>();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldFlushWithoutACommitWhenAReaderWaitsForAnAppliedRecord() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit("shop/cart");
            assertThat(driver.state().position().offset()).isLessThan(offset);

            // when
            driver.state().await(offset, () -> woken.add("reader"));
            assertThat(woken).isEmpty();
            long next = driver.flushRequested();

            // then
            assertThat(woken).containsExactly("reader");
            assertThat(next).isEqualTo(Long.MAX_VALUE);
            WrittenState.Read<CounterSnapshot> read = driver.state().counter(key("shop/cart"));
            assertThat(read.position().offset()).isEqualTo(offset);
            assertThat(read.value().total()).isEqualTo(1);
        });
    }

    @Test
    void shouldFlushOnceWhenManyReadersWait() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit("shop/cart");
            for (int i = 0; i < READERS; i++) {
                driver.state().await(offset, () -> woken.add("reader"));
            }

            // when
            driver.flushRequested();
            driver.flushRequested();

            // then
            assertThat(woken).hasSize(READERS);
            assertThat(driver.written()).isEqualTo(1);
        });
    }

    @Test
    void shouldNotFlushWhenNoReaderWaitsForAnAppliedRecord() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit("shop/cart");
            CounterView.Waiting cancelled = driver.state().await(offset, () -> woken.add("cancelled"));
            cancelled.cancel();
            driver.state().await(offset + 1, () -> woken.add("later"));

            // when
            long next = driver.flushRequested();

            // then
            assertThat(next).isEqualTo(Duration.ofMillis(20).toNanos());
            assertThat(driver.written()).isZero();

            // when
            driver.hit("shop/cart");
            driver.flushRequested();

            // then
            assertThat(woken).containsExactly("later");
        });
    }

    @Test
    void shouldPauseNineTimesAsLongAsTheFlushTookWhenTheNextIsRequested() {
        driver.passWithEachWrite(Duration.ofNanos(1_000));
        driver.uncommitted(() -> {
            // given
            driver.state().await(driver.hit("shop/cart"), () -> woken.add("first"));
            driver.flushRequested();
            long offset = driver.hit("shop/cart");

            // when
            driver.state().await(offset, () -> woken.add("second"));

            // then
            assertThat(driver.flushRequested()).isEqualTo(9_000);
            driver.pass(Duration.ofNanos(8_999));
            assertThat(driver.flushRequested()).isEqualTo(1);
            assertThat(woken).containsExactly("first");

            // when
            driver.pass(Duration.ofNanos(1));
            driver.flushRequested();

            // then
            assertThat(woken).containsExactly("first", "second");
        });
    }

    @Test
    void shouldAnswerAReaderAtTheCommitWhenItPrecedesTheEndOfThePause() {
        driver.passWithEachWrite(Duration.ofSeconds(1));
        driver.uncommitted(() -> {
            driver.state().await(driver.hit("shop/cart"), () -> woken.add("first"));
            driver.flushRequested();

            // when
            driver.state().await(driver.hit("shop/cart"), () -> woken.add("second"));
            driver.flushRequested();
            assertThat(woken).containsExactly("first");
        });

        // then
        assertThat(woken).containsExactly("first", "second");
    }

    @Test
    void shouldWakeTheThreadOnceUntilItChecksAndNotDuringThePause() {
        driver.passWithEachWrite(Duration.ofSeconds(1));
        driver.uncommitted(() -> {
            // given
            driver.scheduler().onRequest(() -> woken.add("thread"));

            // when
            long offset = driver.hit("shop/cart");
            driver.state().await(offset, () -> {});
            driver.state().await(offset, () -> {});

            // then
            assertThat(woken).containsExactly("thread");

            // when: the thread pauses after a flush
            driver.flushRequested();
            offset = driver.hit("shop/cart");
            driver.state().await(offset, () -> {});
            assertThat(woken).hasSize(2);
            driver.flushRequested();
            driver.state().await(offset, () -> {});

            // then
            assertThat(woken).hasSize(2);
        });
    }

    @Test
    void shouldRequestOneCommitWhenRecordsAreApplied() {
        driver.uncommitted(() -> {
            // given
            assertThat(driver.requestCommit(false)).isEqualTo(Long.MAX_VALUE);
            driver.hit("shop/cart");
            driver.pass(Duration.ofMillis(100));

            // when, then
            assertThat(driver.requestCommit(true)).isEqualTo(Long.MAX_VALUE);
            assertThat(driver.requestCommit(false)).isZero();
        });
        driver.uncommitted(() -> {
            driver.pass(Duration.ofMillis(100));
            assertThat(driver.requestCommit(false)).isEqualTo(Long.MAX_VALUE);
        });
    }

    @Test
    void shouldRequestACommitWhenRecordsAreFlushedAndNotCommitted() {
        driver.uncommitted(() -> {
            // given
            driver.state().await(driver.hit("shop/cart"), () -> {});
            driver.flushRequested();
            driver.pass(Duration.ofMillis(100));

            // when, then
            assertThat(driver.requestCommit(false)).isZero();
        });
    }

    @Test
    void shouldRequestACommitAtAHighRateWhenAReaderWaitsDuringThePauseOfFlushes() {
        driver.passWithEachWrite(Duration.ofSeconds(1));
        driver.uncommitted(() -> {
            // given
            driver.state().await(driver.hit("shop/cart"), () -> {});
            driver.flushRequested();
            driver.state().await(driver.hit("shop/cart"), () -> {});

            // when
            assertThat(driver.flushRequested()).isPositive();

            // then
            assertThat(driver.requestCommit(true)).isZero();
        });
    }

    @Test
    void shouldRequestACommitAtTheEndOfARunWhenAReaderWaitsForAFlush() {
        driver.uncommitted(() -> {
            // given: a backlog, so that the thread does not poll
            driver.state().await(driver.hit("shop/cart"), () -> {});
            driver.pass(Duration.ofMillis(100));

            // when
            driver.endOfRun();

            // then: the thread has requested a commit; the next request is due after the same interval
            assertThat(driver.requestCommit(true))
                    .isEqualTo(Duration.ofMillis(100).toNanos());
        });
    }

    @Test
    void shouldWakeTheThreadOnceForReadersThatWaitForACommit() {
        driver.uncommitted(() -> {
            // given
            driver.scheduler().onRequest(() -> woken.add("thread"));
            driver.hit("shop/cart");
            driver.pass(Duration.ofMillis(100));

            // when
            driver.view().awaitCommit();
            driver.view().awaitCommit();

            // then
            assertThat(woken).containsExactly("thread");
            assertThat(driver.requestCommit(true)).isZero();
        });

        // when: the records are committed
        driver.uncommitted(() -> {
            driver.hit("shop/cart");
            driver.pass(Duration.ofMillis(100));

            // then
            assertThat(driver.requestCommit(true)).isEqualTo(Long.MAX_VALUE);
        });
    }

    @Test
    void shouldNotifyTheThreadWhenAReaderWaitsForARecord() {
        driver.uncommitted(() -> {
            // given
            FlushScheduler flushes = driver.scheduler();
            flushes.onAwaited(() -> woken.add("thread"));
            long offset = driver.hit("shop/cart");
            assertThat(flushes.isAwaited()).isFalse();

            // when
            CounterView.Waiting total = driver.view().await(offset + 1, () -> {});
            assertThat(woken).hasSize(1);
            total.cancel();
            assertThat(flushes.isAwaited()).isFalse();
            CounterView.Waiting history = driver.state().await(offset + 1, () -> {});

            // then
            assertThat(woken).hasSize(2);
            assertThat(flushes.isAwaited()).isTrue();

            // when
            driver.hit("shop/cart");
            driver.flushRequested();

            // then
            assertThat(flushes.isAwaited()).isFalse();
            history.cancel();
        });
    }

    @Test
    void shouldWakeAReaderImmediatelyWhenThePartitionIsWithdrawn() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit("shop/cart");
            WrittenState state = driver.state();
            state.await(offset, () -> woken.add("before"));

            // when
            driver.withdraw();
            state.await(offset, () -> woken.add("after"));

            // then
            assertThat(woken).containsExactly("before", "after");
        });
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
