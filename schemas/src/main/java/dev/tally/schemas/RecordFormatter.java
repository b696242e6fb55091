package dev.tally.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.wire.SchemaLookup;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.MessageFormatter;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Prints one record as one line of UTF-8, whatever is in it: columns between tabs, or with {@code json=true} one JSON
 * object. {@code counter=namespace/counter} shows that counter only; {@code schema.registry.url} and what
 * {@link SchemaDirectory#open} takes beside it name a registry for schemas that are not released ones. Confined to one
 * thread.
 */
abstract class RecordFormatter implements MessageFormatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** All but ASCII escaped: some readers of lines take U+0085 and U+2028 for the end of one. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SchemaDirectory schemas = SchemaDirectory.ofReleased();
    private boolean json;
    private byte @Nullable [] wanted;

    @Override
    public void configure(Map<String, ?> properties) {
        json = "true".equals(properties.get("json"));
        Object counter = properties.get("counter");
        wanted = counter == null ? null : counter.toString().getBytes(StandardCharsets.UTF_8);
        if (wanted != null && CounterName.ofKey(wanted) == null) {
            throw new ConfigException("counter: " + counter + " (expected: namespace/counter)");
        }
        schemas = SchemaDirectory.open(properties);
        decodeWith(schemas);
    }

    @Override
    public void close() {
        schemas.close();
    }

    /** Told before the first record where the schemas of records are found. */
    void decodeWith(SchemaLookup directory) {}

    @Override
    public void writeTo(ConsumerRecord<byte[], byte[]> record, PrintStream output) {
        if (wanted != null && !Arrays.equals(wanted, record.key())) {
            return;
        }
        byte[] line = ((json ? json(record) : columns(record)) + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(line, 0, line.length); // as bytes: the stream's own encoding is the terminal's
    }

    /** The line's columns, tabs between them. */
    abstract String columns(ConsumerRecord<byte[], byte[]> record);

    /** Writes the fields of the line's JSON object. */
    abstract void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException;

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

    /** The key as namespace and counter, or, if it names no counter, as what it is. */
    static void writeName(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        CounterName name = CounterName.ofKey(record.key());
        if (name == null) {
            out.writeStringField("key", record.key() == null ? null : OneLine.of(record.key()));
        } else {
            out.writeStringField("namespace", name.namespace());
            out.writeStringField("counter", name.counter());
        }
    }

    /** Which HTTP request appended the event; null if its writer did not say. */
    static void writeRequestId(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        byte[] id = RequestIdHeader.read(record.headers());
        out.writeStringField("requestId", id == null ? null : OneLine.of(id));
    }

    private String json(ConsumerRecord<byte[], byte[]> record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            fields(record, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not from a string
        }
        return line.toString();
    }
}
