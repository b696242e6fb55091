package dev.tally.standalone.audit;

import dev.tally.schemas.wire.SchemaLookup;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Compares the live state with the log, while events are written and counted. First the pages of the state are read, each of
 * which states the offsets up to which it is exact; then the log is counted again up to those offsets.
 */
public final class Audit {
    private final EventLog log;
    private final LiveState live;
    private final SchemaLookup schemas;
    private final AuditOptions options;
    private final AuditProgress progress;

    private Audit(EventLog log, LiveState live, SchemaLookup schemas, AuditOptions options, AuditProgress progress) {
        this.log = log;
        this.live = live;
        this.schemas = schemas;
        this.options = options;
        this.progress = progress;
    }

    /**
     * @param schemas finds the writer schemas of events; may throw what {@code SchemaDirectory} throws
     * @throws AuditFailedException if state and log cannot be compared
     */
    public static AuditReport run(
            EventLog log, LiveState live, SchemaLookup schemas, AuditOptions options, AuditProgress progress)
            throws InterruptedException {
        try (SpillDirectory directory = SpillDirectory.create(options.directory())) {
            return new Audit(log, live, schemas, options, progress).run(directory);
        } catch (UncheckedIOException e) {
            throw new AuditFailedException(
                    "Cannot use temporary files in " + options.directory() + " (" + e.getCause()
                            + "): choose another directory with --temp-dir",
                    e);
        }
    }

    private AuditReport run(SpillDirectory directory) throws InterruptedException {
        verifyStart();
        Collection<String> namespaces =
                options.namespace() == null ? Namespaces.find(log, progress) : List.of(options.namespace());
        NamespacePages pages = new NamespacePages();
        Claims claims = new Claims(live, log.partitions(), directory, progress);
        try (claims) {
            progress.begin("reading the state", 0);
            for (String namespace : namespaces) {
                pages.put(namespace, claims.read(namespace));
            }
        }
        return compare(pages, claims, directory);
    }

    private AuditReport compare(NamespacePages pages, Claims claims, SpillDirectory directory) {
        progress.begin("counting the log", verifyEnd(pages));
        EventContract contract = new EventContract(log.partitions(), schemas);
        Findings findings = new Findings();
        for (int partition = 0; partition < log.partitions(); partition++) {
            findings.add(new PartitionAudit(partition, pages, contract, options, directory, progress)
                    .compare(claims.of(partition), log));
        }
        return findings.report();
    }

    private void verifyStart() {
        for (int partition = 0; partition < log.partitions(); partition++) {
            long start = log.start(partition);
            if (start > 0) {
                throw truncated(partition, start);
            }
        }
    }

    /** For a log whose beginning was deleted. */
    public static AuditFailedException truncated(int partition, long start) {
        return new AuditFailedException("Partition " + partition + " of tally.events starts at offset " + start
                + ": the events before it were deleted, so the totals cannot be counted again from the log");
    }

    /** Returns the number of offsets to read. */
    private long verifyEnd(NamespacePages pages) {
        long records = 0;
        for (int partition = 0; partition < log.partitions(); partition++) {
            long last = pages.last(partition);
            long end = log.end(partition);
            if (last >= end) {
                throw new AuditFailedException("The state reflects tally.events up to " + partition + "-" + last
                        + ", and partition " + partition + " ends at offset " + end
                        + ": the log has lost its end, or state and log belong to different installations");
            }
            records += last + 1;
        }
        return records;
    }
}
