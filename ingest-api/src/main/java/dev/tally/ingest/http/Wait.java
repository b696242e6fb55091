package dev.tally.ingest.http;

import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import dev.tally.service.http.target.ShortDuration;
import java.time.Duration;

/**
 * How long a client waits for its event to be counted, measured from the arrival of its request.
 *
 * @param untilNanos the end of the wait, on the clock of {@link System#nanoTime}
 */
record Wait(long untilNanos) {
    /**
     * A wait that begins now.
     *
     * @throws ProblemException {@code invalid_parameter}
     */
    static Wait parse(String text) {
        Duration duration = ShortDuration.parse(text, ReadQuery.WAIT_MAX);
        if (duration == null || duration.isZero()) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_PARAMETER,
                    "wait: " + Shown.text(text) + " (expected: " + ShortDuration.expected(ReadQuery.WAIT_MAX) + ")");
        }
        return new Wait(System.nanoTime() + duration.toNanos());
    }

    /** The remaining wait in whole milliseconds; zero when it is over. */
    Duration left() {
        return Duration.ofMillis(Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000));
    }
}
