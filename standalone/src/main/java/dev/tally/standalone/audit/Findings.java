package dev.tally.standalone.audit;

import java.util.ArrayList;
import java.util.List;

/** Collects the result of an audit. Not thread-safe. */
final class Findings {
    private final List<Mismatch> shown = new ArrayList<>();
    private long counters;
    private long events;
    private long mismatches;

    void addEvent() {
        events++;
    }

    void addAgreeing() {
        counters++;
    }

    void add(Mismatch mismatch) {
        counters++;
        mismatches++;
        if (shown.size() < AuditReport.SHOWN_MAX) {
            shown.add(mismatch);
        }
    }

    void add(Findings others) {
        counters += others.counters;
        events += others.events;
        mismatches += others.mismatches;
        others.shown.stream().limit(AuditReport.SHOWN_MAX - shown.size()).forEach(shown::add);
    }

    AuditReport report() {
        return new AuditReport(counters, events, mismatches, shown);
    }
}
