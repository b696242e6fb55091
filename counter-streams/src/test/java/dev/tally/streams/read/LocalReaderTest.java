package dev.tally.streams.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.runtime.EventRate;
import dev.tally.streams.runtime.OffsetLimit;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.store.StoreDriver;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalReaderTest {
    private static final int WAITING_MAX = 3;
    private static final CounterName COUNTER = CounterName.of("shop", "cart");

    private final StoreDriver driver = new StoreDriver();
    private final SchemaDirectory schemas = SchemaDirectory.open(Map.of());
    private final StreamsRuntime runtime = new StreamsRuntime(
            schemas,
            driver.serving(),
            new CountingMetrics(),
            new OffsetLimit(),
            new EventRate(System::nanoTime),
            new Feeds(true),
            new StateMemory(1 << 20));
    private final LocalReader reader = new LocalReader(driver.serving(), runtime, 1, () -> null, WAITING_MAX);

    @AfterEach
    void close() {
        reader.close();
        runtime.close();
        schemas.close();
        driver.close();
    }

    @Test
    void shouldRefuseTheReadBeyondTheBoundWhenReadsWaitForAFlush() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit(COUNTER.toString());
            List<CompletableFuture<ReadResult<Explanation>>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING_MAX; i++) {
                waiting.add(explain(offset, ReadQuery.WAIT_MAX));
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            // when
            ReadResult<Explanation> refused =
                    explain(offset, ReadQuery.WAIT_MAX).join();

            // then
            assertThat(reason(refused)).isEqualTo("already 3 reads wait here");

            // when
            driver.flushRequested();

            // then: the reads were woken, and end at the next check, which is that of the membership lease
            waiting.forEach(each -> assertThat(each)
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .satisfies(answer -> assertThat(reason(answer)).contains("membership lease has expired")));
            assertThat(reader.waiting()).isZero();
        });
    }

    @Test
    void shouldAnswerNotReadyWhenTheStateIsNotFlushedInTime() {
        driver.uncommitted(() -> {
            // given
            long offset = driver.hit(COUNTER.toString());

            // when
            ReadResult<Explanation> answer = explain(offset, Duration.ZERO).join();

            // then
            assertThat(reason(answer)).isEqualTo("0-0 is counted, but the state was not flushed in time");
            assertThat(reader.waiting()).isZero();
        });
    }

    private CompletableFuture<ReadResult<Explanation>> explain(long after, Duration wait) {
        ReadQuery query = new ReadQuery(Receipts.of(new Receipt(0, after)), false, wait, null);
        return reader.explain(COUNTER, query).toCompletableFuture();
    }

    private static String reason(ReadResult<?> answer) {
        return ((ReadResult.NotReady<?>) answer).reason();
    }
}
