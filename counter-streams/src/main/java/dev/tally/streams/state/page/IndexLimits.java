package dev.tally.streams.state.page;

/**
 * Bounds on {@link TopIndex}. Answers do not depend on them.
 *
 * @param membersMin the minimum number of members of a namespace, and the maximum of a query for its largest
 * @param membersKept the number of members that are kept when there are too many
 * @param membersMax the maximum number of members
 * @param backfilled the number of counters that a commit scans in a backfill, in addition to two for each record
 */
public record IndexLimits(int membersMin, int membersKept, int membersMax, int backfilled) {
    public static final IndexLimits DEFAULT = new IndexLimits(1_000, 1_500, 2_000, 1_000);

    public IndexLimits {
        if (membersMin > membersKept || membersKept >= membersMax || backfilled < 1) {
            throw new IllegalArgumentException("limits that contradict each other");
        }
    }
}
