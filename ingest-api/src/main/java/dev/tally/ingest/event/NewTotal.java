package dev.tally.ingest.event;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/** Sets a counter's total, regardless of its current value. */
public record NewTotal(
        CounterName counter,
        long total,
        @Nullable String id,
        long occurredAt,
        @Nullable String source) implements Event {

    @Override
    public Operation operation() {
        return Operation.SET;
    }

    @Override
    public long value() {
        return total;
    }
}
