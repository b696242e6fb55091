package dev.tally.standalone.audit;

import dev.tally.schemas.read.Receipts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code GET /v1/counters/{namespace}}.
 *
 * @param counters in UTF-8 byte order
 * @param next the cursor of the next page; null on the last page
 * @param asOf for each partition, the offset up to which the page is exact; none for a partition without events
 */
public record LivePage(List<Counter> counters, @Nullable String next, Receipts asOf) {
    /** @param name without the namespace */
    public record Counter(String name, CounterValue value) {}
}
