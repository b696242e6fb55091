package dev.tally.standalone.audit;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.EventLimits;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.SchemaLookup;
import org.jspecify.annotations.Nullable;

/** Decides by itself, without other events, whether a record of {@code tally.events} can change a counter. Not thread-safe. */
final class EventContract {
    private final int partitions;
    private final EventDecoder decoder;

    EventContract(int partitions, SchemaLookup schemas) {
        this.partitions = partitions;
        this.decoder = new EventDecoder(schemas);
    }

    /** The counter of a record; null if the key is invalid or belongs to another partition, so that the record is rejected. */
    @Nullable
    CounterName counter(byte @Nullable [] key, int partition) {
        CounterName name = CounterName.ofKey(key);
        return name != null && Placement.partition(name.key(), partitions) == partition ? name : null;
    }

    /**
     * The event of a record of a counter; null if it is rejected.
     *
     * @throws AuditFailedException if the event has an operation of a newer version, at which counting stops
     */
    BucketEntry.@Nullable Event event(CounterName counter, byte @Nullable [] value, Receipt at, long streamTime) {
        if (!decoder.decode(value)) {
            return null;
        }
        if (decoder.operation() == Operation.UNKNOWN) {
            throw new AuditFailedException("The event at " + at
                    + " has an operation that this version does not know: run the audit of the newer version");
        }
        String id = decoder.id();
        if ((id != null && !isId(id))
                || decoder.sourceSize() == 0
                || decoder.sourceSize() > EventLimits.SOURCE_BYTES_MAX) {
            return null;
        }
        return new BucketEntry.Event(counter.key(), id, decoder.operation(), decoder.value(), at.offset(), streamTime);
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= EventLimits.LOGGED_ID_CHARS_MAX
                && id.chars().allMatch(EventLimits::isOfId);
    }
}
