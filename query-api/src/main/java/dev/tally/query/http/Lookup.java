package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The reads of one lookup, with bounded concurrency. */
final class Lookup {
    private final CounterReader reader;
    private final List<CounterName> counters;
    /** Indexed by position. Each is written once, before {@link #missing} decreases. */
    private final ReadResult<Total>[] results;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger missing;
    private final CompletableFuture<ReadResult<Total>[]> done = new CompletableFuture<>();

    @SuppressWarnings("unchecked") // an array cannot be created with a type argument
    private Lookup(CounterReader reader, List<CounterName> counters) {
        this.reader = reader;
        this.counters = counters;
        this.results = (ReadResult<Total>[]) new ReadResult<?>[counters.size()];
        this.missing = new AtomicInteger(counters.size());
    }

    /**
     * Starts the reads. Results that the reader has available are read before this returns.
     *
     * @param counters at least one
     * @param atOnceMax the maximum of concurrent reads, at least one
     * @return a result for each counter, in their order; fails only if the reader breaks its contract
     */
    static CompletableFuture<ReadResult<Total>[]> start(
            CounterReader reader, List<CounterName> counters, int atOnceMax) {
        Lookup lookup = new Lookup(reader, counters);
        for (int i = 0; i < Math.min(atOnceMax, counters.size()); i++) {
            lookup.readOn();
        }
        return lookup.done;
    }

    /** Reads one counter after the other. If a read is not complete at once, the thread that completes it continues. */
    private void readOn() {
        for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
            int index = i;
            CompletableFuture<ReadResult<Total>> read =
                    reader.read(counters.get(i)).toCompletableFuture();
            if (!read.isDone()) {
                var unused = read.whenComplete((result, failure) -> {
                    take(index, result, failure);
                    readOn();
                });
                return;
            }
            var unused = read.whenComplete((result, failure) -> take(index, result, failure));
        }
    }

    private void take(int index, ReadResult<Total> result, @Nullable Throwable failure) {
        if (failure != null) {
            done.completeExceptionally(failure);
            return;
        }
        results[index] = result;
        if (missing.decrementAndGet() == 0) {
            done.complete(results);
        }
    }
}
