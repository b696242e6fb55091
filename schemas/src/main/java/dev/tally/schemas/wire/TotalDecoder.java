package dev.tally.schemas.wire;

import dev.tally.CounterTotal;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes values of {@code tally.totals}, as {@link EventDecoder} decodes events: one instance for many records, no allocation
 * for those written with the current schema, strict. Tombstones must not be passed to it. Not thread-safe.
 */
public final class TotalDecoder {
    private final FrameReader frames;
    private final Cursor cursor;
    private long total;
    private long updatedAtMillis;
    private long offset;
    private int part;
    private int parts;

    public TotalDecoder(SchemaLookup schemas) {
        frames = new FrameReader(CounterTotal.getClassSchema(), schemas);
        cursor = frames.cursor();
    }

    /** A decoder that knows the released schemas only. */
    public static TotalDecoder released() {
        return new TotalDecoder(ReleasedSchemas.get());
    }

    /**
     * Decodes a record's value.
     *
     * @return true if the accessors now return the total; false if it is undecodable and {@link #problem} says why
     */
    public boolean decode(byte @Nullable [] record) {
        if (!frames.open(record)) {
            return false;
        }
        if (frames.isCurrent()) {
            readCurrent();
        } else {
            readResolved();
        }
        return cursor.finish();
    }

    /** Why the last record was undecodable: one short phrase, the same for the same bytes; null if it was decoded. */
    public @Nullable String problem() {
        return cursor.problem();
    }

    public long total() {
        return total;
    }

    /** The stream time of the event at {@link #offset}, milliseconds since 1970, UTC. */
    public long updatedAtMillis() {
        return updatedAtMillis;
    }

    /** The offset of the last event that changed the total, in the same partition of {@code tally.events}. */
    public long offset() {
        return offset;
    }

    public int part() {
        return part;
    }

    public int parts() {
        return parts;
    }

    private void readCurrent() {
        total = cursor.readLong();
        updatedAtMillis = cursor.readLong();
        offset = cursor.readLong();
        part = cursor.readInt();
        parts = cursor.readInt();
    }

    private void readResolved() {
        GenericRecord record = frames.resolve();
        if (record != null) {
            total = (Long) record.get("total");
            updatedAtMillis = (Long) record.get("updatedAt");
            offset = (Long) record.get("offset");
            part = (Integer) record.get("part");
            parts = (Integer) record.get("parts");
        }
    }
}
