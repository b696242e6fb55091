package dev.tally.schemas.read;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The length of the buckets of a history. Buckets begin at whole minutes, hours and days of UTC. */
public enum Step {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;
    private final long millis;

    Step(Duration length) {
        this.length = length;
        this.millis = length.toMillis();
    }

    public Duration length() {
        return length;
    }

    /** The number of the bucket that holds a time, in milliseconds since 1970: 0 begins with 1970. */
    public long bucket(long time) {
        return Math.floorDiv(time, millis);
    }

    /** The time at which a bucket begins. */
    public Instant start(long bucket) {
        return Instant.ofEpochMilli(Math.multiplyExact(bucket, millis));
    }

    /** The word on the wire: {@code minute}, {@code hour}, {@code day}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns null if the word is not a step. */
    public static @Nullable Step ofWord(String word) {
        for (Step step : values()) {
            if (step.word().equals(word)) {
                return step;
            }
        }
        return null;
    }
}
