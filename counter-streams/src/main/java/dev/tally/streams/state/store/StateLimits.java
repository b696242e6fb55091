package dev.tally.streams.state.store;

import dev.tally.streams.state.page.IndexLimits;

/**
 * Bounds on how much of the state of a partition is processed at once. Answers do not depend on them.
 *
 * @param entries the number of counters kept in memory; half this number of changed ones are written out before the commit
 * @param pageEntries the number of entries of the store after which a page of counters ends
 * @param index the bounds on the index of the largest totals
 * @param ids the maximum number of IDs in the memory index, see RecentIds
 */
public record StateLimits(int entries, int pageEntries, IndexLimits index, int ids) {
    /** About 20 MB of heap, 35 MB if all entries have left buckets. */
    private static final int ENTRIES = 50_000;

    /** Bounds the time of a page, since entries of deleted counters are also read. */
    private static final int PAGE_ENTRIES = 20_000;

    /** Up to 16 bytes of heap per ID: about 1.6 % of the heap per partition. */
    private static final int HEAP_BYTES_AN_ID = 1_100;

    public static final StateLimits DEFAULT = new StateLimits(ENTRIES, PAGE_ENTRIES, IndexLimits.DEFAULT, (int)
            Math.min(Runtime.getRuntime().maxMemory() / HEAP_BYTES_AN_ID, Integer.MAX_VALUE / 8));

    public StateLimits {
        if (entries < 2 || pageEntries < 1 || ids < 0) {
            throw new IllegalArgumentException("limits that contradict each other");
        }
    }
}
