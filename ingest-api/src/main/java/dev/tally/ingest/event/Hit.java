package dev.tally.ingest.event;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/** Adds {@code delta} to a counter. */
public record Hit(
        CounterName counter,
        long delta,
        @Nullable String id,
        long occurredAt,
        @Nullable String source) implements Event {

    Hit withId(@Nullable String other) {
        return new Hit(counter, delta, other, occurredAt, source);
    }

    @Override
    public Operation operation() {
        return Operation.ADD;
    }

    @Override
    public long value() {
        return delta;
    }
}
