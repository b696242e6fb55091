package dev.tally.schemas.read;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one namespace on one partition, in the requested order.
 *
 * @param upTo the name up to which, in the order of names, the page is complete; null if no counters follow. It may be after
 *     the last entry: a page can end early, even empty
 */
public record CounterPage(List<Entry> counters, @Nullable String upTo) {
    /** @param updatedAt the stream time of the last event that changed the total */
    public record Entry(String counter, long total, Instant updatedAt) {}

    public CounterPage {
        counters = List.copyOf(counters);
    }
}
