package dev.tally.standalone.audit;

import java.util.Comparator;
import java.util.List;

/**
 * The result of an audit.
 *
 * @param counters the number of compared counters: those that the API listed, and those that it did not list and should have
 * @param events the number of counted records of the log, rejected ones and duplicates included; with a namespace, its records
 * @param mismatches the number of counters that differ
 * @param shown the first of them, at most {@link #SHOWN_MAX}, by name
 */
public record AuditReport(long counters, long events, long mismatches, List<Mismatch> shown) {
    /** The maximum number of mismatches that are kept; all are counted. */
    public static final int SHOWN_MAX = 100;

    public AuditReport {
        shown = shown.stream().sorted(Comparator.comparing(Mismatch::counter)).toList();
    }

    public boolean agrees() {
        return mismatches == 0;
    }
}
