package dev.tally.streams.topology;

import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Events of one partition in log order that pass through Kafka Streams as one record: what Streams does for each record, its
 * queues, contexts and sensors, costs more than to count an event. The record has the offset of the first event, so what Streams
 * commits while it is queued is before all of them; behind it is what the poll has told of the next offset.
 *
 * <p>It travels as a header of that record. A header that came over the wire is never of this class.
 *
 * <p>It is walked once, by {@link #next}; the accessors give the event that this went to. Not for use by several threads.
 */
public final class EventRun {
    private static final String KEY = "tally.run";
    private static final byte[] NOTHING = {};

    private final byte[] @Nullable [] keys;
    private final byte[] @Nullable [] values;
    private final Headers[] headers;
    private final long[] offsets;
    private final long[] timestamps;
    private int size;
    private int at = -1;

    /** @param sizeMax how many events there will be at most */
    public EventRun(int sizeMax) {
        keys = new byte[sizeMax][];
        values = new byte[sizeMax][];
        headers = new Headers[sizeMax];
        offsets = new long[sizeMax];
        timestamps = new long[sizeMax];
    }

    public void add(long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, Headers eventHeaders) {
        offsets[size] = offset;
        timestamps[size] = timestamp;
        keys[size] = key;
        values[size] = value;
        headers[size] = eventHeaders;
        size++;
    }

    /** The headers of the record that carries this. */
    public Headers carrier() {
        return new RecordHeaders(new Header[] {new Carrier(this)});
    }

    /** The events of a record: those that it carries, or itself if it carries none. */
    static EventRun of(Record<byte[], byte[]> record, RecordMetadata from) {
        if (record.headers().lastHeader(KEY) instanceof Carrier carrier) {
            return carrier.run;
        }
        EventRun single = new EventRun(1);
        single.add(from.offset(), record.timestamp(), record.key(), record.value(), record.headers());
        return single;
    }

    /** Goes to the next event; false after the last. */
    boolean next() {
        at++;
        return at < size;
    }

    long offset() {
        return offsets[at];
    }

    /** When it was appended, in milliseconds since 1970. */
    long timestamp() {
        return timestamps[at];
    }

    byte @Nullable [] key() {
        return keys[at];
    }

    /** The key of an event that has one. */
    byte[] counterKey() {
        return Objects.requireNonNull(key());
    }

    byte @Nullable [] value() {
        return values[at];
    }

    /** The event as a record of its own. */
    Record<byte[], byte[]> record() {
        return new Record<>(key(), value(), timestamp(), headers[at]);
    }

    /** The earliest append time; negative if one of them is. */
    public long timestampMin() {
        return Arrays.stream(timestamps, 0, size).min().orElse(0);
    }

    private record Carrier(EventRun run) implements Header {
        @Override
        public String key() {
            return KEY;
        }

        @Override
        public byte[] value() {
            return NOTHING;
        }
    }
}
