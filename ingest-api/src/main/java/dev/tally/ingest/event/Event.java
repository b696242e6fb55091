package dev.tally.ingest.event;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/** One valid event of one counter, as it is appended to the log. Immutable. */
public sealed interface Event permits Hit, NewTotal, Deletion {
    CounterName counter();

    /** ADD, SET or DELETE. */
    Operation operation();

    /** The operand of the operation: the delta, the new total, or 0. */
    long value();

    /** The ID for deduplication within the counter: 1 to 128 printable ASCII characters; null: never a duplicate. */
    @Nullable
    String id();

    /** When the event occurred, in milliseconds since 1970, UTC. */
    long occurredAt();

    /** The source of the event, as the writer names it: 1 to 100 bytes of UTF-8, or null. */
    @Nullable
    String source();
}
