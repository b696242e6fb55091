package dev.tally.ingest.event;

import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/**
 * One valid hit: add {@code delta} to a counter.
 *
 * @param occurredAt when the counted thing happened, in milliseconds since 1970, UTC
 * @param source who sent it, in the writer's own words: 1 to 100 bytes of UTF-8, or null
 */
public record Hit(
        CounterName counter,
        long delta,
        long occurredAt,
        @Nullable String source) {}
