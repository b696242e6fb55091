package dev.tally.standalone.audit;

import dev.tally.schemas.name.CounterName;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the namespaces: those of the log, and those of the feed, because a wrong state may have one that the log has not. */
final class Namespaces {
    private final SortedSet<String> found = new TreeSet<>();
    private final AuditProgress progress;

    private Namespaces(AuditProgress progress) {
        this.progress = progress;
    }

    static SortedSet<String> find(EventLog log, AuditProgress progress) {
        Namespaces namespaces = new Namespaces(progress);
        long[] ends = new long[log.partitions()];
        long records = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            ends[partition] = log.end(partition);
            records += ends[partition];
        }
        progress.begin("finding the namespaces", records);
        for (int partition = 0; partition < ends.length; partition++) {
            log.read(partition, ends[partition] - 1, namespaces::add);
        }
        progress.begin("reading the feed", 0);
        log.readTotals(namespaces::add);
        return namespaces.found;
    }

    private void add(long offset, long appendTime, byte @Nullable [] key, byte @Nullable [] value) {
        CounterName counter = CounterName.ofKey(key);
        if (counter != null) {
            found.add(counter.namespace());
        }
        progress.advance(1);
    }
}
