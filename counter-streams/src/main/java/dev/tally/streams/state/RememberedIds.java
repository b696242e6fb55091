package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one partition that were applied within the deduplication window, by log time. What was applied since the last
 * commit is in memory, all else in the store below, where each id is one entry and each commit adds an {@link IdGroup}:
 * the list by which the ids of that commit are found again when they expire.
 *
 * <p>An id is a duplicate by its own time alone, so when it is removed changes no answer. Each commit removes at most twice
 * as many expired ids as it writes new ones, and some hundreds more: so removal outruns arrival, and no commit is long when the
 * log time jumps and all ids expire at once.
 *
 * <p>Threads: all by the stream thread, except {@link #find(byte[], byte[])} and {@link #isWithinWindow}.
 */
final class RememberedIds {
    private static final int REMOVED_A_COMMIT = 500;
    private static final int REMOVED_A_WRITTEN = 2;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long windowMillis;
    private final FlushBatch batch;
    private final ConcurrentHashMap<KeyBytes, RememberedId> unwritten = new ConcurrentHashMap<>();
    private final List<RememberedId> inOrder = new ArrayList<>();

    /** The oldest group that is not removed yet, once it has been looked up. */
    private @Nullable IdGroup oldest;
    /** Where the oldest group is looked for: what was removed before it need not be stepped over again. */
    private Bytes oldestFrom = IdGroup.FIRST_KEY;

    private boolean mayHoldGroups = true;

    /** @param batch what the flush under way writes to the store */
    RememberedIds(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, long windowMillis) {
        this.store = store;
        this.windowMillis = windowMillis;
        this.batch = batch;
    }

    /** The id if it was applied to the counter at most a window before {@code logTime}, else null. */
    @Nullable
    RememberedId applied(byte[] counter, byte[] id, long logTime) {
        RememberedId applied = find(counter, id);
        return applied != null && isWithinWindow(applied, logTime) ? applied : null;
    }

    /** Whether {@code logTime} is at most a window after the id was applied. */
    boolean isWithinWindow(RememberedId applied, long logTime) {
        return logTime - applied.logTime() <= windowMillis;
    }

    /** The id as it was applied last, or null. Any thread; may block for a disk read. */
    @Nullable
    RememberedId find(byte[] counter, byte[] id) {
        return find(RememberedId.key(counter, id));
    }

    private @Nullable RememberedId find(byte[] key) {
        RememberedId fresh = unwritten.get(new KeyBytes(key));
        if (fresh != null) {
            return fresh;
        }
        Bytes stateKey = Bytes.wrap(key);
        byte[] stored = store.get(stateKey);
        return stored == null ? null : RememberedId.of(stateKey, stored);
    }

    void remember(byte[] counter, byte[] id, EventContent content, long offset, long logTime) {
        byte[] key = RememberedId.key(counter, id);
        RememberedId applied = new RememberedId(Bytes.wrap(key), offset, logTime, content);
        unwritten.put(new KeyBytes(key), applied);
        inOrder.add(applied);
    }

    /** How many ids wait to be written. */
    int unwritten() {
        return inOrder.size();
    }

    /** Hands to the batch what is new and the removal of what has expired. */
    void flush(long logTime) {
        int most = REMOVED_A_COMMIT + REMOVED_A_WRITTEN * inOrder.size();
        for (int from = 0; from < inOrder.size(); from += IdGroup.IDS_MAX) {
            writeGroup(inOrder.subList(from, Math.min(from + IdGroup.IDS_MAX, inOrder.size())));
        }
        batch.flush(); // whoever looks an id up finds it here or in the store
        inOrder.clear();
        unwritten.clear();
        removeExpired(most, logTime);
    }

    private void writeGroup(List<RememberedId> ids) {
        for (RememberedId id : ids) {
            batch.put(id.stateKey(), id.value());
        }
        IdGroup group = IdGroup.of(ids);
        batch.put(group.stateKey(), group.value());
        mayHoldGroups = true;
    }

    private void removeExpired(int most, long logTime) {
        for (int removed = 0; removed < most; removed++) {
            IdGroup group = oldest();
            if (group == null || logTime - group.lastTime() <= windowMillis) {
                return;
            }
            IdGroup.Member next = group.next();
            if (next == null) {
                batch.remove(group.stateKey());
                byte[] key = group.stateKey().get();
                oldestFrom = Bytes.wrap(Arrays.copyOf(key, key.length + 1)); // right behind it
                oldest = null;
            } else {
                remove(next);
            }
        }
    }

    /** Unless the id was applied anew after it expired: then a later group removes it. */
    private void remove(IdGroup.Member expired) {
        byte[] stored = store.get(expired.stateKey());
        if (stored != null && RememberedId.of(expired.stateKey(), stored).offset() == expired.offset()) {
            batch.remove(expired.stateKey());
        }
    }

    private @Nullable IdGroup oldest() {
        if (oldest == null && mayHoldGroups) {
            try (KeyValueIterator<Bytes, byte[]> groups = store.range(oldestFrom, IdGroup.LAST_KEY)) {
                if (groups.hasNext()) {
                    KeyValue<Bytes, byte[]> first = groups.next();
                    oldest = IdGroup.read(first.key, first.value);
                } else {
                    mayHoldGroups = false;
                }
            }
        }
        return oldest;
    }

    /** Forgets what is in memory only. */
    void clear() {
        unwritten.clear();
        inOrder.clear();
        oldest = null;
        oldestFrom = IdGroup.FIRST_KEY;
        mayHoldGroups = true;
    }
}
