package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A partition's state as any thread may read it, while its stream thread goes on counting.
 *
 * <p>A reader takes the applied offset first and the counter after it, and states the larger of the two offsets: everything up to
 * the applied offset was applied before that offset was set, so a counter read afterwards can only be newer.
 */
public interface CounterView {
    /** The last record dealt with, or -1 before the first. */
    Position position();

    /**
     * The counter if it is in memory, without blocking; null if it is not, which says nothing about whether it exists.
     */
    @Nullable
    CounterSnapshot inMemory(byte[] key);

    /**
     * The counter from memory or from disk, or null if no event ever touched it. May block for a disk read.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if the store has closed meanwhile
     */
    @Nullable
    CounterSnapshot read(byte[] key);

    /**
     * What became of an event, as far as the state tells. May block for a disk read.
     *
     * @param key of its counter
     * @param offset of the event, which has to be applied
     * @param content of the event
     * @param id that it came with, null if none
     */
    CountedEvent outcome(byte[] key, long offset, EventContent content, byte @Nullable [] id);

    /** The state as it was last written out, for reads of more than one counter's total. */
    WrittenState written();

    /**
     * Waits until an offset is applied.
     *
     * @param wake run once: when the offset is applied, at once if it is already, or when the partition is withdrawn. It runs
     *     on the caller's thread or the stream thread and is to hand over at once
     */
    Waiting await(long offset, Runnable wake);

    /** A reader waits until what is applied is committed: that is to be soon. Said again as long as one waits. */
    void awaitCommit();

    /** Somebody who waits for an offset. */
    interface Waiting {
        /** Waits no longer; if it was woken already that changes nothing. */
        void giveUp();
    }

    /** @param first how the id was applied, if the outcome is ID_REUSED; else null */
    record CountedEvent(EventOutcome outcome, @Nullable RememberedId first) {}

    /** @param streamTime milliseconds since 1970, or -1 before the first record */
    record Position(long offset, long streamTime) {}
}
