package dev.tally.query.http;

import dev.tally.schemas.read.ReadResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * {@code tally_query_reads_total} by outcome: reads = found + unknown + not_ready + not_reached. Each total, history
 * and explanation is a read of one counter, and so is each counter of a lookup. {@code tally_query_lists_total} by
 * outcome: lists = given + incomplete + not_reached, including lists of the largest totals. Requests that are refused
 * before the state is read count in neither.
 */
public final class ReadMetrics {
    private final Counter found;
    private final Counter unknown;
    private final Counter notReady;
    private final Counter notReached;
    private final Counter listsGiven;
    private final Counter listsIncomplete;
    private final Counter listsNotReached;

    public ReadMetrics(MeterRegistry registry) {
        found = reads(registry, "found");
        unknown = reads(registry, "unknown");
        notReady = reads(registry, "not_ready");
        notReached = reads(registry, "not_reached");
        listsGiven = lists(registry, "given");
        listsIncomplete = lists(registry, "incomplete");
        listsNotReached = lists(registry, "not_reached");
    }

    /** Counts a read of one counter. */
    void count(ReadResult<?> result) {
        if (result instanceof ReadResult.Found<?>) {
            found.increment();
        } else if (result instanceof ReadResult.Unknown<?>) {
            unknown.increment();
        } else if (result instanceof ReadResult.NotReached<?>) {
            notReached.increment();
        } else {
            notReady.increment();
        }
    }

    void countList() {
        listsGiven.increment();
    }

    /** @param why why the page of a partition is missing */
    void countMissingList(ReadResult.Missing<?> why) {
        (why instanceof ReadResult.NotReached<?> ? listsNotReached : listsIncomplete).increment();
    }

    private static Counter reads(MeterRegistry registry, String outcome) {
        return counter(registry, "tally.query.reads", "Reads of one counter that were answered", outcome);
    }

    private static Counter lists(MeterRegistry registry, String outcome) {
        return counter(registry, "tally.query.lists", "Lists of a namespace's counters that were answered", outcome);
    }

    private static Counter counter(MeterRegistry registry, String name, String description, String outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome)
                .register(registry);
    }
}
