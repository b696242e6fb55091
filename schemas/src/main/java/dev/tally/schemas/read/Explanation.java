package dev.tally.schemas.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The composition of a counter's total: {@code events = adds + sets + deletes + duplicates}.
 *
 * @param adds number of ADD events since the counter was created
 * @param sets number of SET events since the counter was created
 * @param deletes how often the counter was deleted, ever
 * @param duplicates number of events dropped as duplicates since the counter was created
 * @param first the event that created it
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
