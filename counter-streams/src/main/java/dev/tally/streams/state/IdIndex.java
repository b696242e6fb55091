package dev.tally.streams.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * In which groups an id may be: 32 bits of its hash and of the group's number for each id of the latest groups, in an open
 * hash table. It never misses an id that was added. It names a wrong group about once in some thousands of look-ups of a million ids,
 * when the bits of two ids are equal; the group itself tells.
 *
 * <p>Groups are numbered upwards, and the oldest are forgotten first, all of their ids at once: their slots are free for others from
 * then on. When three quarters of the table are in use, the ids that are not forgotten are copied to one of which they fill half at
 * most, and a quarter at least: 11 to 32 bytes an id, and as many again while it is copied.
 *
 * <p>Threads: changed by the stream thread; {@link #newest} by any thread.
 */
final class IdIndex {
    static final long NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SLOTS_MIN = 1 << 10;
    private static final long EMPTY = 0;
    private static final long LOW = 0xffff_ffffL;

    /** The hash, of which one bit is always set, above the number's lower half. */
    private volatile long[] slots = new long[SLOTS_MIN];
    /** The oldest group that is not forgotten. */
    private volatile long first;
    /** The latest group that has an id here: from it follows the upper half of the others' numbers. */
    private volatile long latest;
    /** How many slots are not empty. */
    private int used;

    private int ids;

    /** How many ids the groups hold that are not forgotten. */
    int ids() {
        return ids;
    }

    /** @param group not smaller than that of the call before */
    void add(long hash, long group) {
        if (group != latest) {
            latest = group; // before a slot names it
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

    /** Forgets all groups before one. */
    void forget(long before, int idsOfThem) {
        first = before;
        ids -= idsOfThem;
    }

    /** The newest group before another that may hold an id with that hash, or {@link #NONE}. Any thread. */
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

    /** Exact if it is one of the latest four thousand millions, as all are that are not forgotten. */
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
