package dev.tally.streams.state;

import dev.tally.schemas.read.EventContent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The latest ids of a partition, in an {@link IdGroup} after the other. An {@link IdIndex} in memory tells in which group an id
 * may be, so an id that is new costs no read. The index is made from the groups when the store is opened. There is a
 * bound on how many ids it holds: beyond it the oldest groups go to the {@link OlderIds}.
 *
 * <p>The numbers of the groups have no gap. The groups since the last flush are in memory, those before it in the store.
 *
 * <p>Threads: all by the stream thread, except {@link #find}.
 */
final class RecentIds {
    static final byte PREFIX = 'e';

    private final KeyValueStore<Bytes, byte[]> store;
    private final int idsMax;
    private final OlderIds older;
    private final IdHash hash = IdHash.random();
    private final IdIndex index = new IdIndex();
    private final ConcurrentHashMap<Long, IdGroup> unwritten = new ConcurrentHashMap<>();
    private final List<IdGroup> unwrittenInOrder = new ArrayList<>();
    /** The group that ids are added to: the last of those that are not written. */
    private @Nullable IdGroup last;

    private int unwrittenIds;
    /** The oldest group. */
    private long first;
    /** The first group that is not in the store. */
    private long unwrittenFrom;
    /** The oldest group in the store, once it was read. */
    private @Nullable IdGroup oldest;
    /** How many ids were in the groups that a flush removes. */
    private int removedIds;

    /** @param idsMax how many ids the index holds, beside those of one flush */
    RecentIds(KeyValueStore<Bytes, byte[]> store, int idsMax, OlderIds older) {
        this.store = store;
        this.idsMax = idsMax;
        this.older = older;
    }

    /** Reads all groups. */
    void open() {
        try (KeyValueIterator<Bytes, byte[]> groups =
                store.range(IdGroup.key(PREFIX, 0), IdGroup.key(PREFIX, Long.MAX_VALUE))) {
            while (groups.hasNext()) {
                KeyValue<Bytes, byte[]> entry = groups.next();
                long number = IdGroup.number(entry.key);
                if (unwrittenFrom == 0) {
                    first = number;
                }
                for (IdGroup.Cursor ids = IdGroup.read(number, entry.value).cursor(); ids.next(); ) {
                    index.add(hash.of(ids.counter(), ids.id()), number);
                }
                unwrittenFrom = number + 1;
            }
        }
    }

    /** As it was applied last, or null. Any thread; blocks for a disk read if the id is there, and else hardly ever. */
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

    /** Null if it was removed meanwhile. */
    private @Nullable IdGroup group(long number) {
        IdGroup fresh = unwritten.get(number);
        if (fresh != null) {
            return fresh;
        }
        byte[] stored = store.get(IdGroup.key(PREFIX, number));
        return stored == null ? null : IdGroup.read(number, stored);
    }

    void remember(byte[] counter, byte[] id, EventContent content, long offset, long logTime) {
        IdGroup group = last;
        if (group == null || !group.add(counter, id, content, offset, logTime)) {
            group = IdGroup.empty(unwrittenFrom + unwrittenInOrder.size());
            if (!group.add(counter, id, content, offset, logTime)) {
                throw new IllegalArgumentException("An id of " + id.length + " bytes has no room in a group");
            }
            last = group;
            unwritten.put(group.number(), group);
            unwrittenInOrder.add(group);
        }
        unwrittenIds++;
        index.add(hash.of(counter, id), group.number());
    }

    /** How many ids wait to be written. */
    int unwritten() {
        return unwrittenIds;
    }

    /** How many ids the index holds. */
    int inMemory() {
        return index.ids();
    }

    /** Removes groups that have expired, and then makes room for those that are new. {@link #written} completes it. */
    void write(FlushBatch batch, int groupsMax, long expiredBefore) {
        int left = groupsMax;
        IdGroup group = oldest();
        while (group != null && left > 0 && group.lastTime() < expiredBefore) {
            remove(group, batch);
            left--;
            group = oldest();
        }
        while (group != null && left > 0 && index.ids() - removedIds > idsMax) {
            older.add(group, batch);
            remove(group, batch);
            left--;
            group = oldest();
        }
        for (IdGroup fresh : unwrittenInOrder) {
            batch.put(IdGroup.key(PREFIX, fresh.number()), fresh.value());
        }
    }

    private void remove(IdGroup group, FlushBatch batch) {
        batch.remove(IdGroup.key(PREFIX, group.number()));
        removedIds += group.ids();
        first = group.number() + 1;
        oldest = null;
    }

    private @Nullable IdGroup oldest() {
        if (oldest == null && first < unwrittenFrom) {
            byte[] stored = store.get(IdGroup.key(PREFIX, first));
            if (stored == null) {
                throw new IllegalStateException("The state lacks the group " + first + " of its ids");
            }
            oldest = IdGroup.read(first, stored);
        }
        return oldest;
    }

    /** What {@link #write} gave is in the store. */
    void written() {
        index.forget(first, removedIds);
        removedIds = 0;
        unwrittenFrom += unwrittenInOrder.size();
        unwritten.clear();
        unwrittenInOrder.clear();
        unwrittenIds = 0;
        last = null;
    }

    /** Forgets what is in memory. */
    void clear() {
        unwritten.clear();
        unwrittenInOrder.clear();
        unwrittenIds = 0;
        last = null;
        oldest = null;
        removedIds = 0;
        first = 0;
        unwrittenFrom = 0;
        index.clear();
    }
}
