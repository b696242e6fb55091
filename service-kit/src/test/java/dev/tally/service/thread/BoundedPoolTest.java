package dev.tally.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedPoolTest {
    @Test
    void shouldRefuseATaskWhenTheQueueIsFull() {
        // given
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<String> queued = new CompletableFuture<>();
        try (BoundedPool pool = new BoundedPool("test", 1, 1)) {
            assertThat(pool.offer(() -> {
                        blocked.countDown();
                        await(end);
                    }))
                    .isTrue();
            await(blocked);
            assertThat(pool.offer(() -> queued.complete(Thread.currentThread().getName())))
                    .isTrue();

            // when
            boolean third = pool.offer(() -> {});

            // then
            assertThat(third).isFalse();
            assertThat(pool.queued()).isEqualTo(1);
            end.countDown();
        }
        assertThat(queued).isCompletedWithValue("test-1");
    }

    @Test
    void shouldRefuseATaskWhenClosed() {
        // given
        BoundedPool pool = new BoundedPool("test", 1, 1);

        // when
        pool.close();

        // then
        assertThat(pool.isClosed()).isTrue();
        assertThat(pool.offer(() -> {})).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
