package dev.tally.service.http.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResponseQueueTest {
    private final List<Integer> written = new ArrayList<>();

    @Test
    void shouldWakeTheIoThreadOnceWhenResponsesComeInABurst() {
        // given
        Deque<Runnable> tasks = new ArrayDeque<>();
        ResponseQueue queue = new ResponseQueue(tasks::add);

        // when
        for (int i = 0; i < 1_000; i++) {
            queue.add(new Numbered(i));
        }

        // then
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(written).hasSize(1_000).isSorted();

        // when
        queue.add(new Numbered(1_000));
        queue.add(new Numbered(1_001));

        // then
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(written).hasSize(1_002).isSorted();
    }

    @Test
    void shouldWriteEveryResponseOnceWhenManyThreadsRespond() {
        // given
        AtomicInteger wakeUps = new AtomicInteger();
        ExecutorService ioThread = Executors.newSingleThreadExecutor();
        ExecutorService others = Executors.newFixedThreadPool(4);
        try {
            ResponseQueue queue = new ResponseQueue(task -> {
                wakeUps.incrementAndGet();
                ioThread.execute(task);
            });

            // when
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * 50_000;
                others.execute(() -> {
                    for (int i = first; i < first + 50_000; i++) {
                        queue.add(new Numbered(i));
                    }
                });
            }

            // then
            await().until(() -> ioThread.submit(written::size).get() == 200_000);
            assertThat(written).doesNotHaveDuplicates();
            assertThat(wakeUps.get()).isLessThanOrEqualTo(200_000);
        } finally {
            others.shutdownNow();
            ioThread.shutdownNow();
        }
    }

    @Test
    void shouldHoldNothingWhenTheIoThreadHasStopped() {
        // given
        AtomicInteger asked = new AtomicInteger();
        ResponseQueue queue = new ResponseQueue(task -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException("stopped");
        });

        // when
        queue.add(new Numbered(1));
        queue.add(new Numbered(2));

        // then
        assertThat(asked).hasValue(2);
        assertThat(written).isEmpty();
    }

    private final class Numbered extends ResponseQueue.Entry {
        private final int number;

        private Numbered(int number) {
            this.number = number;
        }

        @Override
        protected void write() {
            written.add(number);
        }
    }
}
