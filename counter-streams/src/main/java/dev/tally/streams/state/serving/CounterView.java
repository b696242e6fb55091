package dev.tally.streams.state.serving;

import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.ids.RememberedId;
import org.jspecify.annotations.Nullable;

/**
 * Read access to a partition's state for any thread, while its stream thread changes it. This is all that readers know of a
 * partition. It says nothing of how the state is changed: a state that counting changes can fulfil it, and so can a replica that
 * is restored from the changelog, which has no counters in memory and whose written state is always up to its applied offset.
 *
 * <p>A reader reads the applied offset first, then the counter, and returns the larger of the two offsets. Everything up to the
 * applied offset was applied before that offset was set, so a counter that is read afterwards can only be newer.
 */
public interface CounterView {
    /** The position of the last applied record, or -1 before the first record. */
    Position position();

    /**
     * The counter if it is in memory, without blocking. Null means only that it is not in memory; the counter may exist.
     */
    @Nullable
    CounterSnapshot inMemory(byte[] key);

    /**
     * The counter from memory or from disk, or null if no event was ever applied to it. May block for a disk read.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if the store was closed during the read
     */
    @Nullable
    CounterSnapshot read(byte[] key);

    /**
     * The outcome of an event, as far as the state shows it. May block for a disk read.
     *
     * @param key the key of its counter
     * @param offset the offset of the event, which must be applied
     * @param content the content of the event
     * @param id the request ID of the event, null if it has none
     */
    CountedEvent outcome(byte[] key, long offset, EventContent content, byte @Nullable [] id);

    /** The state as it was last written out, for reads of more than the total of one counter. */
    WrittenState written();

    /** Digests of the state as of one record. */
    StateDigests digests();

    /**
     * Waits until an offset is applied.
     *
     * @param wake run once: when the offset is applied (immediately if it already is), or when the partition is withdrawn. It
     *     runs on the caller's thread or the stream thread and must hand the work to another thread without blocking
     */
    Waiting await(long offset, Runnable wake);

    /** Requests an early commit: a reader waits until the applied records are committed. Called repeatedly while it waits. */
    void awaitCommit();

    /** A registered wait for an offset. */
    interface Waiting {
        /** Cancels the wait. Has no effect if the waiter was already woken. */
        void cancel();
    }

    /** @param first how the ID was applied first, if the outcome is ID_REUSED; otherwise null */
    record CountedEvent(EventOutcome outcome, @Nullable RememberedId first) {}

    /** @param streamTime milliseconds since 1970, or -1 before the first record */
    record Position(long offset, long streamTime) {}
}
