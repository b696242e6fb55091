package dev.tally.query.routing;

import dev.tally.schemas.read.Ownership;
import dev.tally.service.health.CheckResult;
import java.util.BitSet;

/**
 * The readiness of query-api: whether every partition has had an owner since the start. A partition
 * that loses its owner later does not make query-api unready, because the other partitions can still be read. Safe for
 * use by any thread.
 */
public final class OwnershipReadiness {
    private final BitSet seen = new BitSet();
    private int partitions;

    public synchronized void observe(Ownership ownership) {
        if (ownership.partitions() != partitions) {
            partitions = ownership.partitions();
            seen.clear();
        }
        for (Ownership.Owner owner : ownership.owners()) {
            owner.partitions().forEach(seen::set);
        }
    }

    /** @param unknown the detail to report while nothing has been observed */
    public synchronized CheckResult check(String unknown) {
        if (partitions == 0) {
            return CheckResult.notReady(unknown);
        }
        int count = seen.cardinality();
        return new CheckResult(count == partitions, count + " of " + partitions + " partitions have had an owner");
    }
}
