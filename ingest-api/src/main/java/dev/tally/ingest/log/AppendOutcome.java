package dev.tally.ingest.log;

import dev.tally.schemas.read.Receipt;
import java.util.List;

/** How an append ended. It says exactly as much as is known: never more, never less. */
public sealed interface AppendOutcome {
    /**
     * Every event is in the log, on all in-sync replicas.
     *
     * @param receipts the highest offset of each partition that was written, partitions ascending; of one event: one
     */
    record Appended(List<Receipt> receipts) implements AppendOutcome {}

    /** Not every event is known to be in the log. */
    enum NotAppended implements AppendOutcome {
        /** As many events are in flight as may be. Nothing was recorded. */
        OVERLOADED,
        /** Kafka could not be reached, or refused. Nothing was recorded. */
        UNAVAILABLE,
        /** Kafka was given the events and nobody knows what became of them: some, all or none may be recorded. */
        UNCONFIRMED,
        /** The log cannot take its first event yet: the id of its schema is not known. Nothing was recorded. */
        NOT_READY,
        /** The log is closing. Nothing was recorded. */
        SHUTTING_DOWN
    }
}
