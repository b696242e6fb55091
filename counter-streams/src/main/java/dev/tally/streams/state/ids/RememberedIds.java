package dev.tally.streams.state.ids;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.entry.FlushBatch;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The IDs of one partition that were applied within the deduplication window, in stream time: {@link RecentIds}, and
 * {@link OlderIds} if there are too many for memory.
 *
 * <p>Whether an ID is a duplicate depends only on its stream time, so the time of its removal changes no answer. Each flush
 * removes at most {@value #REMOVED_A_FLUSH} expired entries plus twice the number of new IDs. Removal is therefore faster than
 * arrival, and no flush takes long when the stream time jumps and all IDs expire at once.
 *
 * <p>Threads: all methods are for the stream thread, except {@link #find} and {@link #isWithinWindow}.
 */
public final class RememberedIds {
    private static final int REMOVED_A_FLUSH = 500;
    private static final int REMOVED_A_WRITTEN = 2;

    private final FlushBatch batch;
    private final long windowMillis;
    private final OlderIds older;
    private final RecentIds recent;

    /**
     * @param batch the writes of the current flush to the store
     * @param inMemoryMax the maximum number of IDs in the memory index, in addition to those of one flush
     */
    public RememberedIds(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, long windowMillis, int inMemoryMax) {
        this.batch = batch;
        this.windowMillis = windowMillis;
        this.older = new OlderIds(store);
        this.recent = new RecentIds(store, inMemoryMax, older);
    }

    /** Loads the recent IDs from the store. */
    public void open() {
        clear();
        older.open();
        recent.open();
    }

    /** The ID if it was applied to the counter within the window before {@code streamTime}, otherwise null. */
    @Nullable
    public RememberedId applied(byte[] counter, byte[] id, long streamTime) {
        RememberedId applied = find(counter, id);
        return applied != null && isWithinWindow(applied, streamTime) ? applied : null;
    }

    /** Whether {@code streamTime} is within the window after the ID was applied. */
    public boolean isWithinWindow(RememberedId applied, long streamTime) {
        return streamTime - applied.streamTime() <= windowMillis;
    }

    /** The last application of the ID, or null. Any thread; may block for a disk read. */
    @Nullable
    public RememberedId find(byte[] counter, byte[] id) {
        RememberedId found = recent.find(counter, id);
        return found == null ? older.find(counter, id) : found;
    }

    public void remember(byte[] counter, byte[] id, EventContent content, long offset, long streamTime) {
        recent.remember(counter, id, content, offset, streamTime);
    }

    /** The number of pending IDs. */
    public int pending() {
        return recent.pending();
    }

    /** The number of IDs in the memory index. */
    int inMemory() {
        return recent.inMemory();
    }

    /** Writes new IDs and removes expired ones. */
    public void flush(long streamTime) {
        long expiredBefore = streamTime - windowMillis;
        int most = REMOVED_A_FLUSH + REMOVED_A_WRITTEN * recent.pending();
        older.removeExpired(batch, most, expiredBefore);
        recent.write(batch, most, expiredBefore);
        batch.flush(); // any thread that looks up an ID finds it in memory or in the store
        recent.written();
    }

    /** Drops what is in memory. */
    public void clear() {
        older.clear();
        recent.clear();
    }
}
