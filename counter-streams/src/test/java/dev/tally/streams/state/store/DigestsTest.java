package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.StateDigest;
import dev.tally.streams.state.serving.StateDigests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DigestsTest {
    private static final Executor DIRECT = Runnable::run;

    private final StoreDriver store = new StoreDriver();
    private final List<Runnable> reads = new ArrayList<>();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldTakeTheDigestAsOfTheLastRecordBeforeAGap() {
        StateDigests.Pending[] digest = new StateDigests.Pending[1];
        store.uncommitted(() -> {
            store.hit("shop/a");
            digest[0] = at(7);
            store.hit("shop/b");
            store.skip(10);
            assertThat(result(digest[0])).isNull();

            store.hit("shop/c");
            assertThat(taken(digest[0]).offset()).isEqualTo(1);
            assertThat(taken(digest[0]).streamTime()).isEqualTo(1_000);
            assertThat(taken(digest[0]).counters()).isEqualTo(2);
        });
        assertNothingIsOpen();
    }

    @Test
    void shouldTakeTheDigestOfNothingWhenTheFirstRecordIsBeyond() {
        store.uncommitted(() -> {
            StateDigests.Pending digest = at(3);
            store.skip(10);
            store.hit("shop/a");
            assertThat(taken(digest).offset()).isEqualTo(-1);
            assertThat(taken(digest).counters()).isZero();
        });
    }

    @Test
    void shouldTakeTheDigestAtTheEndOfTheRun() {
        store.uncommitted(() -> {
            StateDigests.Pending digest = at(1);
            store.hit("shop/a");
            store.endOfRun();
            assertThat(result(digest)).isNull();
            store.hit("shop/b");
            store.endOfRun();
            assertThat(taken(digest).offset()).isEqualTo(1);
        });
    }

    @Test
    void shouldTakeTheDigestBeforeThePollWhenItsOffsetIsAlreadyApplied() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending digest = at(0);
        assertThat(result(digest)).isNull();

        store.flushRequested();

        assertThat(taken(digest).offset()).isZero();
        assertThat(taken(digest).counters()).isEqualTo(1);
        assertNothingIsOpen();
    }

    @Test
    void shouldTakeTheDigestBeforeThePollWhenNothingExistsUpToItsOffset() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending digest = at(5);
        store.flushRequested();
        assertThat(result(digest)).isNull();

        digest.lastRecordIs(0);
        store.flushRequested();

        assertThat(taken(digest).offset()).isZero();
    }

    @Test
    void shouldWakeTheStreamThreadForADigest() {
        int[] wakeUps = {0};
        store.uncommitted(() -> store.hit("shop/a"));
        store.scheduler().onRequest(() -> wakeUps[0]++);

        StateDigests.Pending digest = at(5);
        store.flushRequested();
        digest.lastRecordIs(0);

        assertThat(wakeUps[0]).isEqualTo(2);
    }

    @Test
    void shouldSayThatTheStateIsBeyondTheOffset() {
        store.uncommitted(() -> {
            store.hit("shop/a");
            store.hit("shop/b");
        });
        assertThat(result(at(0))).isEqualTo(new DigestResult.Beyond(1));
        assertThat(result(at(1))).isNull(); // the earlier request does not count
    }

    @Test
    void shouldRefuseASecondDigestUntilTheFirstIsRead() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending first = store.view().digests().at(DigestRequest.asOf(0), reads::add);
        store.flushRequested();
        assertThat(result(at(9))).isInstanceOf(DigestResult.NotTaken.class);

        reads.forEach(Runnable::run);

        assertThat(taken(first).counters()).isEqualTo(1);
        assertThat(result(at(9))).isNull();
    }

    @Test
    void shouldCloseTheIteratorsWhenThePartitionIsWithdrawn() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending digest = store.view().digests().at(DigestRequest.asOf(0), reads::add);
        StateDigests digests = store.view().digests();
        store.flushRequested();
        assertThat(result(digest)).isNull();
        assertThat(store.openIterators()).isPositive();

        store.withdraw();

        assertThat(result(digest)).isInstanceOf(DigestResult.NotServed.class);
        assertNothingIsOpen();
        reads.forEach(Runnable::run);
        assertThat(result(digest)).isInstanceOf(DigestResult.NotServed.class);
        assertThat(result(digests.at(DigestRequest.asOf(0), DIRECT))).isInstanceOf(DigestResult.NotServed.class);
    }

    @Test
    void shouldCloseTheIteratorsWhenThePartitionIsWithdrawnDuringTheRead() throws InterruptedException {
        store.uncommitted(() -> {
            for (int i = 0; i < 20_000; i++) {
                store.hit("shop/c" + i);
            }
        });
        CountDownLatch reading = new CountDownLatch(1);
        Thread[] reader = new Thread[1];
        StateDigests.Pending digest = store.view().digests().at(DigestRequest.asOf(19_999), read -> {
            reader[0] = new Thread(() -> {
                reading.countDown();
                read.run();
            });
            reader[0].start();
        });
        store.flushRequested();
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();

        store.withdraw();

        assertNothingIsOpen();
        assertThat(result(digest)).isNotNull();
        reader[0].join();
    }

    @Test
    void shouldCloseTheIteratorsWhenTheDigestIsCancelled() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending digest = store.view().digests().at(DigestRequest.asOf(0), reads::add);
        store.flushRequested();

        digest.cancel();

        assertThat(result(digest)).isInstanceOf(DigestResult.NotTaken.class);
        assertNothingIsOpen();
        assertThat(result(at(9))).isNull();
    }

    @Test
    void shouldNotTakeTheDigestWhenNoThreadIsFree() {
        store.uncommitted(() -> store.hit("shop/a"));
        StateDigests.Pending digest = store.view().digests().at(DigestRequest.asOf(0), read -> {
            throw new RejectedExecutionException();
        });
        store.flushRequested();

        assertThat(result(digest)).isInstanceOf(DigestResult.NotTaken.class);
        assertNothingIsOpen();
        assertThat(result(at(9))).isNull();
    }

    @Test
    void shouldKeepThePaceOfFlushesForADigest() {
        store.passWithEachWrite(Duration.ofMillis(1));
        store.uncommitted(() -> {
            store.hit("shop/a");
            store.view().written().await(0, () -> {});
            store.flushRequested();
            store.hit("shop/b");
            StateDigests.Pending digest = at(1);

            long left = store.flushRequested();
            assertThat(result(digest)).isNull();
            store.pass(Duration.ofNanos(left));
            store.flushRequested();

            assertThat(taken(digest).counters()).isEqualTo(2);
        });
    }

    private StateDigests.Pending at(long offset) {
        return store.view().digests().at(DigestRequest.asOf(offset), DIRECT);
    }

    private void assertNothingIsOpen() {
        assertThat(store.openIterators()).isZero();
    }

    private static DigestResult result(StateDigests.Pending digest) {
        return digest.result().toCompletableFuture().getNow(null);
    }

    private static StateDigest taken(StateDigests.Pending digest) {
        assertThat(result(digest)).isInstanceOf(DigestResult.Taken.class);
        return ((DigestResult.Taken) result(digest)).digest();
    }
}
