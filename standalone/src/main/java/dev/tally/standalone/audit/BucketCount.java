package dev.tally.standalone.audit;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts one bucket in memory, and compares its counters. */
final class BucketCount {
    private final NamespacePages pages;
    private final int partition;
    private final MemoryBudget memory;
    private final AppliedIds ids;
    /** By key. */
    private final Map<ByteBuffer, AuditedCounter> counters = new HashMap<>();

    private BucketCount(NamespacePages pages, int partition, AuditOptions options) {
        this.pages = pages;
        this.partition = partition;
        this.memory = new MemoryBudget(options.memoryBytes());
        this.ids = new AppliedIds(options.window().toMillis(), memory);
    }

    /** Returns null if the bucket does not fit into the memory. */
    static @Nullable Findings of(Path bucket, NamespacePages pages, int partition, AuditOptions options) {
        BucketCount count = new BucketCount(pages, partition, options);
        try (BucketReader entries = new BucketReader(bucket)) {
            for (BucketEntry entry = entries.next(); entry != null; entry = entries.next()) {
                count.add(entry);
                if (count.memory.isExceeded()) {
                    return null;
                }
            }
        }
        Findings findings = new Findings();
        count.counters.values().forEach(counter -> counter.report(partition, findings));
        return findings;
    }

    private void add(BucketEntry entry) {
        ByteBuffer key = ByteBuffer.wrap(entry.key());
        AuditedCounter counter = counters.get(key);
        if (counter == null) {
            int number = counters.size();
            counter = entry instanceof BucketEntry.Claim claim
                    ? AuditedCounter.listed(claim, number)
                    : AuditedCounter.unlisted(entry.key(), number, pages.missingAt(entry.key(), partition));
            counters.put(key, counter);
            memory.addCounter(entry.key());
        }
        if (entry instanceof BucketEntry.Event event) {
            counter.apply(event, ids);
        }
    }
}
