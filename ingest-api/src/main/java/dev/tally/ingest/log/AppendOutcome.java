package dev.tally.ingest.log;

import dev.tally.schemas.read.Receipt;
import java.util.List;

/** How an append ended. An outcome states exactly what is known. */
public sealed interface AppendOutcome {
    /**
     * Every event is in the log, on all in-sync replicas.
     *
     * @param receipts the highest offset of each partition that was written, in ascending order of partition; exactly
     *     one for a single event
     */
    record Appended(List<Receipt> receipts) implements AppendOutcome {}

    /** Not every event is known to be in the log. */
    enum NotAppended implements AppendOutcome {
        /** The maximum of in-flight events or bytes is reached. Nothing was recorded. */
        OVERLOADED,
        /** Kafka was unavailable or refused the events. Nothing was recorded. */
        UNAVAILABLE,
        /** The events were handed to Kafka and the result is not known: some, all or none of them may be recorded. */
        UNCONFIRMED,
        /** The log does not accept events yet: the ID of their schema is not known. Nothing was recorded. */
        NOT_READY,
        /** The log is closing. Nothing was recorded. */
        SHUTTING_DOWN
    }
}
