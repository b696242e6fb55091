package dev.tally.streams.state.ids;

import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.entry.FlushBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The latest IDs of a partition, in a sequence of {@link IdGroup}s. An {@link IdIndex} in memory determines which groups may
 * contain an ID, so a new ID needs no read. The index is built from the groups when the store is opened. It has a maximum number
 * of IDs; beyond it the oldest groups are moved to {@link OlderIds}.
 *
 * <p>The groups since the last flush are in memory, earlier ones are in the store. Their numbers are consecutive.
 *
 * <p>Threads: all methods are for the stream thread, except {@link #find}.
 */
final class RecentIds {
    static final byte PREFIX = 'e';

    private final StoredIdGroups groups;
    private final int idsMax;
    private final OlderIds older;
    private final IdHash hash = IdHash.random();
    private final IdIndex index = new IdIndex();
    private final ConcurrentHashMap<Long, IdGroup> pending = new ConcurrentHashMap<>();
    private final List<IdGroup> pendingInOrder = new ArrayList<>();
    /** The group to which IDs are added: the last pending one. */
    private @Nullable IdGroup last;

    private int pendingIds;
    /** The number of IDs in the groups that the current flush removes. */
    private int removedIds;

    /** @param idsMax the maximum number of IDs in the index, in addition to those of one flush */
    RecentIds(KeyValueStore<Bytes, byte[]> store, int idsMax, OlderIds older) {
        this.groups = new StoredIdGroups(store, PREFIX);
        this.idsMax = idsMax;
        this.older = older;
    }

    /** Reads all groups. */
    void open() {
        groups.open();
        try (KeyValueIterator<Bytes, byte[]> all = groups.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                long number = IdGroup.number(entry.key);
                for (IdGroup.Cursor ids = IdGroup.read(number, entry.value).cursor(); ids.next(); ) {
                    index.add(hash.of(ids.counter(), ids.id()), number);
                }
            }
        }
    }

    /** The last application of the ID, or null. Any thread; blocks for a disk read if the ID is present, otherwise rarely. */
    @Nullable
    RememberedId find(byte[] counter, byte[] id) {
        long hashed = hash.of(counter, id);
        for (long number = index.newest(hashed, Long.MAX_VALUE);
                number != IdIndex.NONE;
                number = index.newest(hashed, number)) {
            IdGroup group = group(number);
            RememberedId found = group == null ? null : group.find(counter, id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Null if the group was removed concurrently. */
    private @Nullable IdGroup group(long number) {
        IdGroup fresh = pending.get(number);
        return fresh != null ? fresh : groups.read(number);
    }

    void remember(byte[] counter, byte[] id, EventContent content, long offset, long streamTime) {
        IdGroup group = last;
        if (group == null || !group.add(counter, id, content, offset, streamTime)) {
            group = IdGroup.empty(groups.next() + pendingInOrder.size());
            if (!group.add(counter, id, content, offset, streamTime)) {
                throw new IllegalArgumentException("An id of " + id.length + " bytes has no room in a group");
            }
            last = group;
            pending.put(group.number(), group);
            pendingInOrder.add(group);
        }
        pendingIds++;
        index.add(hash.of(counter, id), group.number());
    }

    /** The number of pending IDs. */
    int pending() {
        return pendingIds;
    }

    /** The number of IDs in the index. */
    int inMemory() {
        return index.ids();
    }

    /** Removes expired groups, moves groups beyond the maximum, and writes new ones. {@link #written} completes the write. */
    void write(FlushBatch batch, int groupsMax, long expiredBefore) {
        int left = groupsMax;
        IdGroup group = groups.oldest();
        while (group != null && left > 0 && group.lastTime() < expiredBefore) {
            remove(group, batch);
            left--;
            group = groups.oldest();
        }
        while (group != null && left > 0 && index.ids() - removedIds > idsMax) {
            older.add(group, batch);
            remove(group, batch);
            left--;
            group = groups.oldest();
        }
        for (IdGroup fresh : pendingInOrder) {
            groups.add(fresh, batch);
        }
    }

    private void remove(IdGroup group, FlushBatch batch) {
        groups.removeOldest(batch);
        removedIds += group.ids();
    }

    /** Called when the batch of {@link #write} is in the store. */
    void written() {
        index.forget(groups.first(), removedIds);
        removedIds = 0;
        clearPending();
    }

    /** Drops what is in memory. */
    void clear() {
        clearPending();
        groups.clear();
        removedIds = 0;
        index.clear();
    }

    private void clearPending() {
        pending.clear();
        pendingInOrder.clear();
        pendingIds = 0;
        last = null;
    }
}
