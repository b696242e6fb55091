package dev.tally.streams.state.serving;

import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.streams.state.counter.CounterSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A partition's state as it was last written out, which is the state as of one record. It serves reads of more than one entry.
 *
 * <p>Reads block and must run on threads that may block. They throw
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException} if the store is closed during the read.
 */
public interface WrittenState {
    /**
     * The result of a read.
     *
     * @param position the position as of which the value holds
     * @param value null if the counter does not exist
     */
    record Read<T>(CounterView.Position position, @Nullable T value) {}

    /** The position of the last record that the written state includes. */
    CounterView.Position position();

    /**
     * Like {@link CounterView#await}, but waits until the written state includes the offset. Requests a flush as soon as the
     * offset is applied.
     */
    CounterView.Waiting await(long offset, Runnable wake);

    /** Reads one counter. */
    Read<CounterSnapshot> counter(byte[] key);

    /** Reads the history of one counter. */
    Read<History> history(byte[] counter, HistoryRange range);

    /** Opens all entries, as of one record. The caller must close them. */
    StateEntries entries();

    /** Reads a page of the counters of one namespace. */
    Read<CounterPage> page(PageQuery query);
}
