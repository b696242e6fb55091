package dev.tally.streams.state.ids;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Maps an ID to the groups that may contain it: 32 bits of its hash and 32 bits of the group's number for each ID of the latest
 * groups, in a hash table with open addressing. There are no false negatives. With a million IDs, about one in some thousands of
 * look-ups returns a wrong group, because the hash bits of two IDs are equal; the group itself shows that.
 *
 * <p>Group numbers increase. The oldest groups are removed first, with all their IDs at once, and their slots are then free. When
 * three quarters of the table are in use, the remaining IDs are copied to a new table, of which they fill between a quarter and a
 * half. This takes 11 to 32 bytes per ID, and as much again during the copy.
 *
 * <p>Threads: the stream thread changes the index; any thread may call {@link #newest}.
 */
final class IdIndex {
    static final long NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SLOTS_MIN = 1 << 10;
    private static final long EMPTY = 0;
    private static final long LOW = 0xffff_ffffL;

    /** The hash, of which one bit is always set, in the upper half; the lower half of the group number in the lower half. */
    private volatile long[] slots = new long[SLOTS_MIN];
    /** The oldest group that is not removed. */
    private volatile long first;
    /** The latest group with an ID in the index. It determines the upper half of the other group numbers. */
    private volatile long latest;
    /** The number of slots that are not empty. */
    private int used;

    private int ids;

    /** The number of IDs of the groups that are not removed. */
    int ids() {
        return ids;
    }

    /** @param group not smaller than in the previous call */
    void add(long hash, long group) {
        if (group != latest) {
            latest = group; // before a slot contains it
        }
        if (used >= slots.length / 4 * 3) {
            copy();
        }
        put(slots, upper(hash) | (group & LOW));
        ids++;
    }

    private void put(long[] into, long slot) {
        int mask = into.length - 1;
        int at = home(slot, mask);
        while (into[at] != EMPTY && isLive(into[at])) {
            at = (at + 1) & mask;
        }
        if (into[at] == EMPTY) {
            used++;
        }
        SLOT.setRelease(into, at, slot);
    }

    private void copy() {
        long[] from = slots;
        int length = SLOTS_MIN;
        while (length < 2L * ids + 2) {
            length *= 2;
        }
        long[] into = new long[length];
        used = 0;
        for (long slot : from) {
            if (slot != EMPTY && isLive(slot)) {
                put(into, slot);
            }
        }
        slots = into;
    }

    /** Removes all groups before one. */
    void forget(long before, int idsOfThem) {
        first = before;
        ids -= idsOfThem;
    }

    /** The newest group before another that may contain an ID with this hash, or {@link #NONE}. Any thread. */
    long newest(long hash, long before) {
        long[] all = slots;
        int mask = all.length - 1;
        long wanted = upper(hash);
        long newest = NONE;
        int at = home(wanted, mask);
        long slot = (long) SLOT.getAcquire(all, at);
        while (slot != EMPTY) {
            if ((slot & ~LOW) == wanted) {
                long group = group(slot);
                if (group < before && group > newest && group >= first) {
                    newest = group;
                }
            }
            at = (at + 1) & mask;
            slot = (long) SLOT.getAcquire(all, at);
        }
        return newest;
    }

    void clear() {
        slots = new long[SLOTS_MIN];
        used = 0;
        ids = 0;
        first = 0;
        latest = 0;
    }

    private boolean isLive(long slot) {
        return group(slot) >= first;
    }

    /** Exact for the latest 2^32 groups, which include all groups that are not removed. */
    private long group(long slot) {
        long last = latest;
        return last - ((last - slot) & LOW);
    }

    private static long upper(long hash) {
        return (hash & ~LOW) | (1L << Integer.SIZE); // never EMPTY
    }

    private static int home(long slot, int mask) {
        return (int) (slot >>> (Integer.SIZE + 1)) & mask;
    }
}
