package dev.tally.streams.state;

/**
 * How much of the state of a partition is dealt with at once. What is answered does not depend on it.
 *
 * @param entries how many counters are kept in memory; half as many changed ones are written out early, before the commit
 * @param pageEntries after how many entries of the store a page of counters ends
 * @param membersMin as many of a namespace's largest totals can be asked for, see TopIndex
 * @param membersKept how many members stay when there are too many
 * @param membersMax how many members there may be
 * @param backfilled how many counters a commit looks at for members that are missing, on top of two for each record
 * @param ids how many ids are found without a read, see RecentIds
 */
public record StateLimits(
        int entries, int pageEntries, int membersMin, int membersKept, int membersMax, int backfilled, int ids) {
    /** About 20 MB of heap, 35 if all have left buckets behind. */
    private static final int ENTRIES = 50_000;

    /** A page takes its time for deleted counters too. */
    private static final int PAGE_ENTRIES = 20_000;

    /** Up to 16 bytes of heap an id: about 1.6 % of it a partition. */
    private static final int HEAP_BYTES_AN_ID = 1_100;

    public static final StateLimits DEFAULT = new StateLimits(ENTRIES, PAGE_ENTRIES, 1_000, 1_500, 2_000, 1_000, (int)
            Math.min(Runtime.getRuntime().maxMemory() / HEAP_BYTES_AN_ID, Integer.MAX_VALUE / 8));

    public StateLimits {
        if (entries < 2
                || pageEntries < 1
                || membersMin > membersKept
                || membersKept >= membersMax
                || backfilled < 1
                || ids < 0) {
            throw new IllegalArgumentException("limits that contradict each other");
        }
    }
}
