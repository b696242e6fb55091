package dev.tally.standalone.audit;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Counts one partition again: distributes its events to buckets on disk, then counts bucket by bucket. A bucket that does not fit
 * into the memory is split. Only the IDs that one counter has within the deduplication window must fit.
 */
final class PartitionAudit {
    private final int partition;
    private final NamespacePages pages;
    private final EventContract contract;
    private final AuditOptions options;
    private final SpillDirectory directory;
    private final AuditProgress progress;
    private final Findings findings = new Findings();
    private long streamTime = Long.MIN_VALUE;

    PartitionAudit(
            int partition,
            NamespacePages pages,
            EventContract contract,
            AuditOptions options,
            SpillDirectory directory,
            AuditProgress progress) {
        this.partition = partition;
        this.pages = pages;
        this.contract = contract;
        this.options = options;
        this.directory = directory;
        this.progress = progress;
    }

    /** @param claims the file of what the API claims about the partition */
    Findings compare(Path claims, EventLog log) {
        Buckets buckets = new Buckets(directory, 0);
        try (buckets) {
            buckets.addAll(claims);
            log.read(partition, pages.last(partition), (offset, appendTime, key, value) -> {
                streamTime = Math.max(streamTime, appendTime);
                BucketEntry.Event event = event(offset, key, value);
                if (event != null) {
                    buckets.add(event);
                }
                progress.advance(1);
            });
        }
        buckets.paths().forEach(bucket -> count(bucket, 0));
        return findings;
    }

    private BucketEntry.@Nullable Event event(long offset, byte @Nullable [] key, byte @Nullable [] value) {
        CounterName counter = contract.counter(key, partition);
        if (counter == null || !pages.has(counter.namespace())) {
            if (counter == null && options.namespace() == null) {
                findings.addEvent();
            }
            return null;
        }
        findings.addEvent();
        return contract.event(counter, value, new Receipt(partition, offset), streamTime);
    }

    private void count(Path bucket, int level) {
        Findings counted = BucketCount.of(bucket, pages, partition, options);
        if (counted != null) {
            findings.add(counted);
        } else if (level == Buckets.LEVEL_MAX) {
            throw new AuditFailedException("A counter of partition " + partition
                    + " has more ids within the deduplication window than fit into the memory: give the audit a larger"
                    + " heap with JAVA_OPTS=-Xmx1g");
        } else {
            split(bucket, level + 1);
        }
        delete(bucket);
    }

    private void split(Path bucket, int level) {
        Buckets parts = new Buckets(directory, level);
        try (parts) {
            parts.addAll(bucket);
        }
        parts.paths().forEach(part -> count(part, level));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
