package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account of all appends: each is refused, or it is accepted, holds its share of the bound on in-flight events, and
 * ends once. Its listener is called once in either case. Safe for use by any thread.
 */
final class AppendAccounting {
    private static final Logger LOG = LoggerFactory.getLogger(AppendAccounting.class);

    private final InFlight inFlight;
    private final LogMetrics metrics;

    AppendAccounting(InFlight inFlight, LogMetrics metrics) {
        this.inFlight = inFlight;
        this.metrics = metrics;
    }

    /** Returns whether the append is accepted. The caller must end it if so, and refuse it if not. */
    boolean tryAccept(int events, long bytes) {
        if (!inFlight.tryTake(events, bytes)) {
            return false;
        }
        metrics.accepted(events);
        return true;
    }

    void refuse(int events, NotAppended why, AppendListener listener) {
        metrics.refused(events, why);
        answer(listener, why);
    }

    /** Ends an accepted append. */
    void end(Append append, AppendOutcome outcome) {
        inFlight.giveBack(append.events, append.bytes);
        metrics.ended(append, outcome);
        answer(append.listener, outcome);
    }

    private static void answer(AppendListener listener, AppendOutcome outcome) {
        try {
            listener.ended(outcome);
        } catch (RuntimeException e) {
            LOG.error("Append listener failed on {}", outcome, e);
        }
    }
}
