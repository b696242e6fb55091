package dev.tally.streams.state.ids;

import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.streams.state.entry.StateKeys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The IDs that exceed the memory of {@link RecentIds}. Each ID is one entry, which a look-up reads. Their groups are kept to find
 * the IDs that have expired.
 *
 * <pre>
 * 'i' counter 0 id → offset streamTime operation [value]      as in {@link IdGroup}
 * 's' number → a group, see {@link IdGroup}
 * </pre>
 *
 * <p>Threads: all methods are for the stream thread, except {@link #find}.
 */
final class OlderIds {
    private static final byte PREFIX = 'i';
    private static final byte GROUP_PREFIX = 's';
    private static final int VALUE_BYTES_MAX = 1 + 3 * 10;

    private final KeyValueStore<Bytes, byte[]> store;

    private final StoredIdGroups groups;
    /** Positioned after the removed IDs of the oldest group. */
    private IdGroup.@Nullable Cursor ofOldest;

    OlderIds(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.groups = new StoredIdGroups(store, GROUP_PREFIX);
    }

    void open() {
        groups.open();
    }

    /** The last application of the ID, or null. Any thread; blocks for a disk read if there are any older IDs. */
    @Nullable
    RememberedId find(byte[] counter, byte[] id) {
        return groups.isEmpty() ? null : stored(key(RememberedId.name(counter, id)));
    }

    private @Nullable RememberedId stored(Bytes key) {
        byte[] stored = store.get(key);
        if (stored == null) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(stored);
        long offset = ByteUtils.readVarlong(in);
        long streamTime = ByteUtils.readVarlong(in);
        return new RememberedId(offset, streamTime, RememberedId.readContent(in));
    }

    /** Adds the IDs of a group, all of them newer than the present ones. */
    void add(IdGroup group, FlushBatch batch) {
        for (IdGroup.Cursor ids = group.cursor(); ids.next(); ) {
            batch.put(key(ids.name()), value(ids.applied()));
        }
        groups.add(group, batch);
    }

    /** Removes at most {@code idsMax} expired IDs. An ID that was applied again since is removed with its later group. */
    void removeExpired(FlushBatch batch, int idsMax, long expiredBefore) {
        for (int looked = 0; looked < idsMax; looked++) {
            IdGroup group = groups.oldest();
            if (group == null || group.lastTime() >= expiredBefore) {
                return;
            }
            IdGroup.Cursor ids = ofOldest == null ? group.cursor() : ofOldest;
            ofOldest = ids;
            if (ids.next()) {
                Bytes key = key(ids.name());
                RememberedId stored = stored(key);
                if (stored != null && stored.offset() == ids.applied().offset()) {
                    batch.remove(key);
                }
            } else {
                groups.removeOldest(batch);
                ofOldest = null;
            }
        }
    }

    /** Drops what is in memory. */
    void clear() {
        groups.clear();
        ofOldest = null;
    }

    private static Bytes key(byte[] name) {
        return StateKeys.prefixed(PREFIX, name);
    }

    private static byte[] value(RememberedId applied) {
        ByteBuffer out = ByteBuffer.allocate(VALUE_BYTES_MAX);
        ByteUtils.writeVarlong(applied.offset(), out);
        ByteUtils.writeVarlong(applied.streamTime(), out);
        RememberedId.write(applied.content(), out);
        byte[] value = new byte[out.position()];
        out.flip().get(value);
        return value;
    }
}
