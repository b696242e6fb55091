package dev.tally.query;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.read.Total;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Returns the answers that the test sets, and records the queries. */
final class ScriptedReader implements StateReader {
    interface Pages {
        CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page);
    }

    final List<HistoryRange> ranges = new CopyOnWriteArrayList<>();
    final List<PageQuery> pages = new CopyOnWriteArrayList<>();
    /** The queries of all reads except totals. */
    final List<ReadQuery> queries = new CopyOnWriteArrayList<>();

    volatile CounterReader totals = (counter, query) -> CompletableFuture.completedFuture(FakeStreams.found(42, 7));
    volatile CompletionStage<ReadResult<History>> history = notToldYet();
    volatile CompletionStage<ReadResult<Explanation>> explanation = notToldYet();
    volatile OptionalInt partitions = OptionalInt.of(1);
    volatile Pages answers = (partition, page) -> notToldYet();

    static <T> CompletionStage<ReadResult<T>> given(T value, int partition) {
        return CompletableFuture.completedFuture(new ReadResult.Found<>(value, FakeStreams.asOf(partition)));
    }

    static <T> CompletionStage<ReadResult<T>> missing(ReadResult<T> why) {
        return CompletableFuture.completedFuture(why);
    }

    private static <T> CompletionStage<ReadResult<T>> notToldYet() {
        return missing(new ReadResult.NotReady<>("not told yet"));
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        return totals.read(counter, query);
    }

    @Override
    public OptionalInt partitions() {
        return partitions;
    }

    @Override
    public CompletionStage<ReadResult<History>> history(CounterName counter, HistoryRange range, ReadQuery query) {
        ranges.add(range);
        queries.add(query);
        return history;
    }

    @Override
    public CompletionStage<ReadResult<Explanation>> explain(CounterName counter, ReadQuery query) {
        queries.add(query);
        return explanation;
    }

    @Override
    public CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page, ReadQuery query) {
        pages.add(page);
        queries.add(query);
        return answers.page(partition, page);
    }
}
