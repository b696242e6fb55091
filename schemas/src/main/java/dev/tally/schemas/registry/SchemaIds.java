package dev.tally.schemas.registry;

import dev.tally.schemas.wire.ReleasedSchemas;

/**
 * The ids that a deployment writes with.
 *
 * @param event of the newest {@code dev.tally.CounterEvent}
 * @param total of the newest {@code dev.tally.CounterTotal}
 */
public record SchemaIds(int event, int total) {
    /** Those of a deployment without a registry. */
    public static SchemaIds fixed() {
        ReleasedSchemas released = ReleasedSchemas.get();
        return new SchemaIds(released.eventId(), released.totalId());
    }
}
