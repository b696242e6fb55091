package dev.tally.streams.runtime;

import java.time.Duration;

/**
 * The maximum timeout of a poll by Kafka Streams. The stream thread joins the group, opens stores and starts restored tasks only
 * between two polls, and the thread that restores sees the end of a changelog only after a poll. Until all partitions are ready,
 * a poll of an empty partition therefore ends soon. Thread-safe.
 */
final class PollLimit {
    /** Fifty polls per second take a few percent of one core. */
    static final Duration UNTIL_READY = Duration.ofMillis(20);

    private volatile boolean ready;

    /** @param now whether all partitions of this instance are assigned, restored and counted */
    void ready(boolean now) {
        ready = now;
    }

    /** The timeout of a poll for which Kafka Streams requests {@code timeout}. */
    Duration of(Duration timeout) {
        return ready || timeout.compareTo(UNTIL_READY) < 0 ? timeout : UNTIL_READY;
    }
}
