package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.RequestIdHeader;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The parts of a line that the topics share. */
final class RecordText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private RecordText() {}

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** {@code partition-offset}, as in receipts. */
    static String place(int partition, long offset) {
        return partition + "-" + offset;
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "-" : OneLine.of(record.key());
    }

    /** Writes the key as namespace and counter, or unparsed if it is not a counter name. */
    static void writeName(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        CounterName name = CounterName.ofKey(record.key());
        if (name == null) {
            out.writeStringField("key", record.key() == null ? null : OneLine.of(record.key()));
        } else {
            out.writeStringField("namespace", name.namespace());
            out.writeStringField("counter", name.counter());
        }
    }

    /** Writes the ID of the HTTP request that appended the event; null if the event has none. */
    static void writeRequestId(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        byte[] id = RequestIdHeader.read(record.headers());
        out.writeStringField("requestId", id == null ? null : OneLine.of(id));
    }
}
