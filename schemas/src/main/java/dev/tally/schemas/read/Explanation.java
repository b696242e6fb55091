package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a counter's total comes from: {@code events = adds + sets + deletes + duplicates}.
 *
 * @param adds how many events added, since the counter came to exist
 * @param sets how many events set a total, since the counter came to exist
 * @param deletes how often it was deleted, ever
 * @param duplicates how many events were dropped as duplicates, since the counter came to exist
 * @param first the event that made it exist
 * @param last the last event applied to it
 * @param owner {@code host:port} of the instance that owns the counter's partition; null if that is not known
 */
public record Explanation(
        long total,
        long adds,
        long sets,
        long deletes,
        long duplicates,
        Point first,
        Point last,
        @Nullable String owner) {
    /** @param time the stream time of the event */
    public record Point(Receipt receipt, Instant time) {}

    public long events() {
        return adds + sets + deletes + duplicates;
    }
}
