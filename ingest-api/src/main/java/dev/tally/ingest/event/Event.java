package dev.tally.ingest.event;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/** One valid event about one counter, as it goes into the log. Immutable. */
public sealed interface Event permits Hit, NewTotal, Deletion {
    CounterName counter();

    /** ADD, SET or DELETE. */
    Operation operation();

    /** What the operation works with: the delta, the new total, or 0. */
    long value();

    /** What names it for deduplication within its counter: 1 to 128 printable ASCII characters; null: never a duplicate. */
    @Nullable
    String id();

    /** When it happened, in milliseconds since 1970, UTC. */
    long occurredAt();

    /** Who sent it, in the writer's own words: 1 to 100 bytes of UTF-8, or null. */
    @Nullable
    String source();
}
