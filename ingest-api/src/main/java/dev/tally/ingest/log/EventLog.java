package dev.tally.ingest.log;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import java.util.List;

/** The log of events, to append to. Safe for use by any thread. */
public interface EventLog extends AutoCloseable {
    /**
     * Appends one event. Never blocks and never throws for what can be expected of Kafka.
     *
     * @param requestId of the request that brought it, in ASCII; it goes along as a header
     */
    void append(Event event, String requestId, AppendListener listener);

    /**
     * Appends the hits in their order, with one answer for all of them. Not a transaction: after
     * {@link AppendOutcome.NotAppended#UNCONFIRMED} some of them may be recorded.
     *
     * @param hits at least one
     * @param requestId of the request that brought them, in ASCII; it goes along with each as a header
     */
    void append(List<Hit> hits, String requestId, AppendListener listener);

    /** Whether appends can be expected to succeed. */
    LogState state();

    /** Refuses new appends, waits a bounded time for those in flight, and answers every one of them. */
    @Override
    void close();
}
