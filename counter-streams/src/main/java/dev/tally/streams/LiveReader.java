package dev.tally.streams;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.read.Total;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the generation that is live on this instance. A read that the switch to another generation interrupted is made again
 * there, within its time.
 */
final class LiveReader implements StateReader {
    private interface Read<T> {
        CompletionStage<ReadResult<T>> of(StateReader reader, ReadQuery query);
    }

    private final HostedGenerations generations;
    private final int partitions;
    private final Supplier<String> condition;

    /** @param condition what the start waits for, in a phrase */
    LiveReader(HostedGenerations generations, int partitions, Supplier<String> condition) {
        this.generations = generations;
        this.partitions = partitions;
        this.condition = condition;
    }

    @Override
    public OptionalInt partitions() {
        return OptionalInt.of(partitions);
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        return from(query, (reader, left) -> reader.read(counter, left));
    }

    /** Reads the current value of one counter on this thread if it is in memory; otherwise null. Never blocks. */
    @Nullable
    ReadResult<Total> readInMemory(CounterName counter) {
        HostedGeneration live = generations.live();
        return live == null ? null : live.reader().readInMemory(counter);
    }

    @Override
    public CompletionStage<ReadResult<History>> history(CounterName counter, HistoryRange range, ReadQuery query) {
        return from(query, (reader, left) -> reader.history(counter, range, left));
    }

    @Override
    public CompletionStage<ReadResult<Explanation>> explain(CounterName counter, ReadQuery query) {
        return from(query, (reader, left) -> reader.explain(counter, left));
    }

    @Override
    public CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page, ReadQuery query) {
        return from(query, (reader, left) -> reader.page(partition, page, left));
    }

    private <T> CompletionStage<ReadResult<T>> from(ReadQuery query, Read<T> read) {
        HostedGeneration live = generations.live();
        if (live == null) {
            return CompletableFuture.completedFuture(new ReadResult.NotReady<>(condition.get()));
        }
        long begin = query.waitMax().isZero() ? 0 : System.nanoTime();
        CompletableFuture<ReadResult<T>> first = read.of(live.reader(), query).toCompletableFuture();
        if (first.isDone() && !isInterrupted(live, first.join())) {
            return first;
        }
        return first.thenCompose(result -> isInterrupted(live, result)
                ? from(query.afterWaiting(System.nanoTime() - begin), read)
                : CompletableFuture.completedFuture(result));
    }

    private boolean isInterrupted(HostedGeneration asked, ReadResult<?> result) {
        return result instanceof ReadResult.NotReady && generations.live() != asked;
    }
}
