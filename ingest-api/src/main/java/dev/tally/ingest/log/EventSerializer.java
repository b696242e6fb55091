package dev.tally.ingest.log;

import dev.tally.ingest.event.Event;
import dev.tally.schemas.wire.EventEncoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the values of records, once the ID of the schema of events is known. Safe for use by any thread. */
final class EventSerializer {
    /** Set before the breaker closes for the first time. */
    private volatile @Nullable EventEncoder encoder;

    void useSchemaId(int id) {
        encoder = new EventEncoder(id);
    }

    byte[] serialize(Event event) {
        EventEncoder known = Objects.requireNonNull(encoder, "the breaker is closed before the id is known");
        return known.encode(event.operation(), event.value(), event.id(), event.occurredAt(), event.source());
    }
}
