package dev.tally.ingest.http;

import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import dev.tally.service.http.Shown;
import dev.tally.service.settings.SettingType;
import dev.tally.service.settings.SettingTypes;
import java.time.Duration;

/**
 * How long a client waits for its event to be counted, from when its request came.
 *
 * @param untilNanos when it ends, on the clock of {@link System#nanoTime}
 */
record Wait(long untilNanos) {
    private static final SettingType<Duration> DURATION =
            SettingTypes.duration(Duration.ofMillis(1), ReadQuery.WAIT_MAX);

    /**
     * A wait that begins now.
     *
     * @throws ProblemException {@code invalid_parameter}
     */
    static Wait parse(String text) {
        Duration duration = DURATION.parse(text);
        if (duration == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_PARAMETER,
                    "wait: " + Shown.text(text) + " (expected: a duration such as 500ms or 2s, at most "
                            + ReadQuery.WAIT_MAX.toSeconds() + "s)");
        }
        return new Wait(System.nanoTime() + duration.toNanos());
    }

    /** What is left of it, in whole milliseconds; zero when it is over. */
    Duration left() {
        return Duration.ofMillis(Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000));
    }
}
