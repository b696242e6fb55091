package dev.tally.ingest.event;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/** Deletes a counter, whether or not it exists. */
public record Deletion(CounterName counter, @Nullable String id, long occurredAt) implements Event {

    @Override
    public Operation operation() {
        return Operation.DELETE;
    }

    @Override
    public long value() {
        return 0;
    }

    @Override
    public @Nullable String source() {
        return null;
    }
}
