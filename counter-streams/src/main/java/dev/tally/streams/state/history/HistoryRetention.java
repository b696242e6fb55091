package dev.tally.streams.state.history;

import dev.tally.schemas.read.Step;
import java.time.Duration;

/**
 * How long the buckets of a history are retained, in stream time. Buckets expire together with all others in the next longer
 * bucket: minutes by whole hours, hours by whole days, so that the retained hours of a day add up to the day.
 *
 * @param minutes the retention of minute buckets; zero: none are kept
 * @param hours the retention of hour buckets; zero: none are kept
 * @param days the retention of day buckets; zero: none are kept
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

    /** The first retained bucket, numbered as by {@link Step#bucket}, never before 1970; or {@link #NOT_KEPT}. */
    public long earliest(Step step, long streamTime) {
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
