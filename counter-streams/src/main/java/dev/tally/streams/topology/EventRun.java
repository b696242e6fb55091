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
 * A run of events of one partition, in log order, that Kafka Streams processes as one record. The overhead of Streams per record
 * (queues, contexts and sensors) exceeds the cost of counting an event. The record has the offset of the first event. While it is
 * queued, Streams therefore commits an offset before all its events; afterwards, the next offset as returned by the poll.
 *
 * <p>The run is passed as a header of that record. A header that was received from Kafka is never of this class.
 *
 * <p>The run is iterated once, with {@link #next}; the accessors return the current event. Not thread-safe.
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

    /** @param sizeMax the maximum number of events */
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

    /** The headers of the record that carries this run. */
    public Headers carrier() {
        return new RecordHeaders(new Header[] {new Carrier(this)});
    }

    /** The events of a record: the run that it carries, or the record itself if it carries none. */
    static EventRun of(Record<byte[], byte[]> record, RecordMetadata from) {
        if (record.headers().lastHeader(KEY) instanceof Carrier carrier) {
            return carrier.run;
        }
        EventRun single = new EventRun(1);
        single.add(from.offset(), record.timestamp(), record.key(), record.value(), record.headers());
        return single;
    }

    /** Advances to the next event. Returns false after the last one. */
    boolean next() {
        at++;
        return at < size;
    }

    long offset() {
        return offsets[at];
    }

    /** The append time of the event, in milliseconds since 1970. */
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

    /** The event as a separate record. */
    Record<byte[], byte[]> record() {
        return new Record<>(key(), value(), timestamp(), headers[at]);
    }

    /** The earliest append time; negative if any append time is negative. */
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
