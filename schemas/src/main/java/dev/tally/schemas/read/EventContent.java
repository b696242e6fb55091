package dev.tally.schemas.read;

import dev.tally.Operation;

/**
 * The content of an event. Two events with the same id are duplicates if and only if their contents are equal.
 *
 * @param operation ADD, SET or DELETE
 * @param value the delta, the new total, or for DELETE, which has none, always 0
 */
public record EventContent(Operation operation, long value) {
    public EventContent {
        if (operation == Operation.UNKNOWN) {
            throw new IllegalArgumentException("operation: UNKNOWN (expected: ADD, SET or DELETE)");
        }
        if (operation == Operation.DELETE) {
            value = 0;
        }
    }

    /** {@code ADD 5}, {@code SET 10} or {@code DELETE}. */
    @Override
    public String toString() {
        return operation == Operation.DELETE ? operation.name() : operation.name() + " " + value;
    }
}
