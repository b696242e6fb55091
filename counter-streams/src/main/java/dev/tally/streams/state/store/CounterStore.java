package dev.tally.streams.state.store;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.ids.RememberedId;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Write access to one partition's counters. Only the stream thread that owns the partition may call it.
 *
 * <p>For each record, in this order: look up the counter, change it if the event is applied, then call {@link #setApplied}. A
 * reader may see a change before {@link #setApplied}; it then returns the counter's own last offset.
 */
public interface CounterStore extends StateStore {
    /**
     * Loads the restored state, checks it against the log and starts to serve it to readers. Called when the processor is
     * initialised.
     *
     * @throws LogMismatchException if the state does not match the log
     * @throws LogUnavailableException if Kafka does not answer the check
     */
    void open(ProcessorContext<byte[], byte[]> context, TotalsFeed feed);

    /** Stops serving readers. Called when the processor is closed. */
    void withdraw();

    /**
     * Whether the record is not yet applied. If false, the state already includes it.
     *
     * @throws LogMismatchException if records before it are missing, or it differs from the record that the state includes
     * @throws LogUnavailableException if Kafka does not answer the check
     */
    boolean isNew(long offset, long appendTime);

    /** The stream time at a record with this append time: the maximum append time so far, milliseconds since 1970. */
    long streamTime(long appendTime);

    /** The counter, from memory or from disk; null if no event was ever applied to it. The key is kept, not copied. */
    @Nullable
    CounterEntry find(byte[] key);

    /** A new counter. It is added to the store when the first event is applied to it. */
    CounterEntry create(byte[] key);

    /**
     * @param value the value to add
     * @param occurredAt when the event occurred, in milliseconds since 1970; it determines the buckets of the history
     */
    void add(CounterEntry counter, long newTotal, long value, long occurredAt, long offset, long streamTime);

    void set(CounterEntry counter, long newTotal, long offset, long streamTime);

    /** Removes total, counts and history. The entry is kept, so that a reader can tell when the counter became unknown. */
    void delete(CounterEntry counter, long offset, long streamTime);

    /** The ID as applied to the counter within the deduplication window before {@code streamTime}; null if it was not applied. */
    @Nullable
    RememberedId applied(byte[] key, byte[] id, long streamTime);

    /** Counts a duplicate of a counter that exists. */
    void duplicate(CounterEntry counter);

    /** Stores that the event at {@code offset}, with this content, applied the ID to the counter. */
    void remember(byte[] key, byte[] id, EventContent content, long offset, long streamTime);

    /** Stores that the event at {@code offset} was rejected as an overflow. */
    void overflowed(long offset);

    /** Sets the applied offset. The record was counted, dropped or rejected. Called last for every record. */
    void setApplied(long offset, long streamTime, long appendTime);

    /**
     * Called after the last record of a run. Wakes all waiters whose offset is applied, and requests the commit that a reader
     * waits for, if it is due.
     */
    void endOfRun();
}
