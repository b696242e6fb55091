package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one partition that were applied within the deduplication window, by stream time: {@link RecentIds}, and
 * {@link OlderIds} if there are too many for the memory.
 *
 * <p>An id is a duplicate by its own time alone, so when it is removed changes no answer. Each flush removes at most some hundreds of
 * entries that have expired, and twice as many as there are new ids: so removal outruns arrival, and no flush is long when the log
 * time jumps and all ids expire at once.
 *
 * <p>Threads: all by the stream thread, except {@link #find} and {@link #isWithinWindow}.
 */
final class RememberedIds {
    private static final int REMOVED_A_FLUSH = 500;
    private static final int REMOVED_A_WRITTEN = 2;

    private final FlushBatch batch;
    private final long windowMillis;
    private final OlderIds older;
    private final RecentIds recent;

    /**
     * @param batch what the flush under way writes to the store
     * @param inMemoryMax how many ids are found without a read, beside those of one flush
     */
    RememberedIds(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, long windowMillis, int inMemoryMax) {
        this.batch = batch;
        this.windowMillis = windowMillis;
        this.older = new OlderIds(store);
        this.recent = new RecentIds(store, inMemoryMax, older);
    }

    /** Takes up what is in the store: reads the recent ids. */
    void open() {
        clear();
        older.open();
        recent.open();
    }

    /** The id if it was applied to the counter at most a window before {@code streamTime}, else null. */
    @Nullable
    RememberedId applied(byte[] counter, byte[] id, long streamTime) {
        RememberedId applied = find(counter, id);
        return applied != null && isWithinWindow(applied, streamTime) ? applied : null;
    }

    /** Whether {@code streamTime} is at most a window after the id was applied. */
    boolean isWithinWindow(RememberedId applied, long streamTime) {
        return streamTime - applied.streamTime() <= windowMillis;
    }

    /** The id as it was applied last, or null. Any thread; may block for a disk read. */
    @Nullable
    RememberedId find(byte[] counter, byte[] id) {
        RememberedId found = recent.find(counter, id);
        return found == null ? older.find(counter, id) : found;
    }

    void remember(byte[] counter, byte[] id, EventContent content, long offset, long streamTime) {
        recent.remember(counter, id, content, offset, streamTime);
    }

    /** How many ids wait to be written. */
    int unwritten() {
        return recent.unwritten();
    }

    /** How many ids are found without a read. */
    int inMemory() {
        return recent.inMemory();
    }

    /** Writes what is new and the removal of what has expired. */
    void flush(long streamTime) {
        long expiredBefore = streamTime - windowMillis;
        int most = REMOVED_A_FLUSH + REMOVED_A_WRITTEN * recent.unwritten();
        older.removeExpired(batch, most, expiredBefore);
        recent.write(batch, most, expiredBefore);
        batch.flush(); // whoever looks an id up finds it here or in the store
        recent.written();
    }

    /** Forgets what is in memory. */
    void clear() {
        older.clear();
        recent.clear();
    }
}
