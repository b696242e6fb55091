package dev.tally.ingest.log;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import java.util.List;

/** The log of events, for appending. Safe for use by any thread. */
public interface EventLog extends AutoCloseable {
    /**
     * Appends one event. Never blocks. Never throws for an expected failure of Kafka.
     *
     * @param requestId the ID of the request that carried the event, in ASCII; it is added as a record header
     */
    void append(Event event, String requestId, AppendListener listener);

    /**
     * Appends the hits in their order, with one outcome for all of them. Not a transaction: after
     * {@link AppendOutcome.NotAppended#UNCONFIRMED} some of them may be recorded.
     *
     * @param hits at least one
     * @param requestId the ID of the request that carried the hits, in ASCII; it is added to each record as a header
     */
    void append(List<Hit> hits, String requestId, AppendListener listener);

    /** Whether appends are expected to succeed. */
    LogState state();

    /** Refuses new appends, waits a bounded time for those in flight, and completes every one of them. */
    @Override
    void close();
}
