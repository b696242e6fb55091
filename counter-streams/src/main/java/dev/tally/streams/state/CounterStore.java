package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * One partition's counters as counting changes them. For the stream thread that owns the partition only.
 *
 * <p>Per record: look the counter up, change it if the event is to be applied, then {@link #setApplied} the record, in that
 * order. What is not marked yet may be seen by a reader, who then states the counter's own last offset.
 */
public interface CounterStore extends StateStore {
    /**
     * Takes up the restored state, holds it against the log and serves it to readers from now on. Called when the processor is
     * initialised.
     *
     * @throws LogMismatchException if the state does not fit the log
     * @throws LogUnavailableException if Kafka does not say whether it does
     */
    void open(ProcessorContext<byte[], byte[]> context, TotalsFeed feed);

    /** Serves readers no longer. Called when the processor is closed. */
    void withdraw();

    /**
     * Whether the record is yet to be applied; else the state holds it already.
     *
     * @throws LogMismatchException if records before it are missing, or it is not the one that the state holds
     * @throws LogUnavailableException if Kafka does not say whether they are
     */
    boolean isNew(long offset, long appendTime);

    /** The stream time at a record that was appended at {@code appendTime}: the running maximum, milliseconds since 1970. */
    long streamTime(long appendTime);

    /** The counter, from memory or from disk; null if no event was ever applied to it. The key is kept, not copied. */
    @Nullable
    CounterEntry find(byte[] key);

    /** A counter that does not exist yet; it is kept once the first event is applied to it. */
    CounterEntry create(byte[] key);

    /**
     * @param value what is added
     * @param occurredAt when that occurred, in milliseconds since 1970: it picks the buckets of the history
     */
    void add(CounterEntry counter, long newTotal, long value, long occurredAt, long offset, long streamTime);

    void set(CounterEntry counter, long newTotal, long offset, long streamTime);

    /** Removes total, counts and history; the entry stays, so that a reader learns when the counter became unknown. */
    void delete(CounterEntry counter, long offset, long streamTime);

    /** The id as it was applied to the counter within the deduplication window before {@code streamTime}; null if it was not. */
    @Nullable
    RememberedId applied(byte[] key, byte[] id, long streamTime);

    /** Counts a duplicate of a counter that exists. */
    void duplicate(CounterEntry counter);

    /** The id was applied to the counter by the event at {@code offset}, which had that content. */
    void remember(byte[] key, byte[] id, EventContent content, long offset, long streamTime);

    /** The event at {@code offset} was rejected as an overflow. */
    void overflowed(long offset);

    /** The record at {@code offset} has been dealt with: counted, dropped or rejected. Called last for every record. */
    void setApplied(long offset, long streamTime, long appendTime);

    /**
     * Called after the last of some records: wakes all who wait for one that is marked, and asks for the commit that a reader waits
     * for, if it is due.
     */
    void endOfRun();
}
