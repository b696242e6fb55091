package dev.tally.streams.state.digest;

import java.util.Arrays;

/**
 * The present lives of counters that were ever deleted, in arrays: an open-addressed hash table. Buckets of an earlier life can still
 * be stored, and do not count. A counter that was never deleted has only one life and needs no entry. For one thread.
 */
final class Lives {
    /** The life of a counter that does not exist. */
    static final long NONE = -1;

    private static final int CAPACITY_AT_FIRST = 1 << 10;

    private final int sizeMax;
    private long[] ids = new long[CAPACITY_AT_FIRST];
    /** By the same index: the life and 2; 0 for a free index. */
    private long[] lives = new long[CAPACITY_AT_FIRST];

    private int size;

    Lives(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    boolean isFull() {
        return size >= sizeMax;
    }

    /** @param life the offset of the event that created the counter, or {@link #NONE} */
    void put(long id, long life) {
        if (size >= ids.length / 4 * 3) {
            grow();
        }
        int at = indexOf(id);
        size += lives[at] == 0 ? 1 : 0;
        ids[at] = id;
        lives[at] = life + 2;
    }

    /** Whether buckets of this life count. True for a counter that was not put. */
    boolean isPresent(long id, long life) {
        int at = indexOf(id);
        return lives[at] == 0 || lives[at] == life + 2;
    }

    void clear() {
        Arrays.fill(lives, 0);
        size = 0;
    }

    private void grow() {
        long[] oldIds = ids;
        long[] oldLives = lives;
        ids = new long[2 * oldIds.length];
        lives = new long[2 * oldIds.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldLives[i] != 0) {
                int at = indexOf(oldIds[i]);
                ids[at] = oldIds[i];
                lives[at] = oldLives[i];
            }
        }
    }

    /** The index of the ID, or the free index where it belongs. The IDs are hashes. */
    private int indexOf(long id) {
        int mask = ids.length - 1;
        int at = (int) id & mask;
        while (lives[at] != 0 && ids[at] != id) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
