package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.serving.CounterView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SequenceLockTest {
    private static final int CHANGES = 2_000_000;

    private final ExecutorService readers = Executors.newFixedThreadPool(2);

    @AfterEach
    void close() {
        readers.shutdownNow();
    }

    @Test
    void shouldNeverShowHalfAChangeWhenReadDuringWrites() throws Exception {
        // given: an entry whose fields all have the same value, and an applied offset that is set after it
        CounterEntry entry = new CounterEntry(new byte[] {1}, Bytes.wrap(new byte[] {'t', 1}));
        AppliedOffset applied = new AppliedOffset();
        entry.set(0, 0, 0);
        applied.set(0, 0, 0);
        AtomicBoolean writing = new AtomicBoolean(true);

        // when
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> watch(entry, applied, writing), readers);
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> watch(entry, applied, writing), readers);
        for (long i = 1; i <= CHANGES; i++) {
            entry.set(i, i, i);
            applied.set(i, i, 0);
        }
        writing.set(false);

        // then
        assertThat(first.get()).isEqualTo(CHANGES);
        assertThat(second.get()).isEqualTo(CHANGES);
    }

    /** Reads until the writes end, the applied offset first, as a reader does. Returns the last number seen. */
    private static long watch(CounterEntry entry, AppliedOffset applied, AtomicBoolean writing) {
        long last = 0;
        boolean more = true;
        while (more) {
            more = writing.get();
            CounterView.Position position = applied.position();
            CounterSnapshot counter = entry.snapshot();
            assertThat(position.streamTime()).isEqualTo(position.offset());
            assertThat(counter.total()).isEqualTo(counter.lastOffset()).isEqualTo(counter.lastTime());
            assertThat(counter.lastOffset()).isGreaterThanOrEqualTo(position.offset());
            assertThat(counter.total()).isGreaterThanOrEqualTo(last);
            last = counter.total();
        }
        return last;
    }
}
