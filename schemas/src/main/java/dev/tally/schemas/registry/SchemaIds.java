package dev.tally.schemas.registry;

import dev.tally.schemas.wire.ReleasedSchemas;

/**
 * The schema ids that a deployment writes with.
 *
 * @param event the id of the newest {@code dev.tally.CounterEvent}
 * @param total the id of the newest {@code dev.tally.CounterTotal}
 */
public record SchemaIds(int event, int total) {
    /** The ids of a deployment without a registry. */
    public static SchemaIds fixed() {
        ReleasedSchemas released = ReleasedSchemas.get();
        return new SchemaIds(released.eventId(), released.totalId());
    }
}
