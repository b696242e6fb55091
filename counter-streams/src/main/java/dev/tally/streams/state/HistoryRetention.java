package dev.tally.streams.state;

import dev.tally.schemas.read.Step;
import java.time.Duration;

/**
 * For how long buckets of a history are kept, by stream time. Buckets go together with the next longer one that holds them:
 * minutes by whole hours, hours by whole days, so that the hours of a day that are kept add up to the day.
 *
 * @param minutes for how long those of a minute are kept; zero: not at all
 * @param hours for how long those of an hour are kept; zero: not at all
 * @param days for how long those of a day are kept; zero: not at all
 */
public record HistoryRetention(Duration minutes, Duration hours, Duration days) {
    public static final HistoryRetention NONE = new HistoryRetention(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Later than any bucket: no bucket is kept. */
    static final long NOT_KEPT = Long.MAX_VALUE;

    Duration of(Step step) {
        return switch (step) {
            case MINUTE -> minutes;
            case HOUR -> hours;
            case DAY -> days;
        };
    }

    boolean keepsAny() {
        return !equals(NONE);
    }

    /** The first bucket that is kept, as {@link Step#bucket} counts them, never before 1970; or {@link #NOT_KEPT}. */
    long earliest(Step step, long streamTime) {
        Duration kept = of(step);
        if (kept.isZero()) {
            return NOT_KEPT;
        }
        Step whole = switch (step) {
            case MINUTE -> Step.HOUR;
            case HOUR, DAY -> Step.DAY;
        };
        long firstWhole = whole.bucket(Math.max(0, streamTime - kept.toMillis()));
        return firstWhole * (whole.length().toMillis() / step.length().toMillis());
    }
}
