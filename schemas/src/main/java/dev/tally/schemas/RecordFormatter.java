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
 * Prints each record as one line of UTF-8, whatever its content: columns separated by tabs, or with {@code json=true} one JSON
 * object. {@code counter=namespace/counter} prints that counter only. {@code schema.registry.url} and the other properties of
 * {@link SchemaDirectory#open} name a registry for schemas other than the released ones. Not thread-safe.
 */
abstract class RecordFormatter implements MessageFormatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** Escapes all non-ASCII characters, because some line readers treat U+0085 and U+2028 as line terminators. */
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

    /** Called before the first record with the lookup for the schemas of records. */
    void decodeWith(SchemaLookup directory) {}

    @Override
    public void writeTo(ConsumerRecord<byte[], byte[]> record, PrintStream output) {
        if (wanted != null && !Arrays.equals(wanted, record.key())) {
            return;
        }
        byte[] line = ((json ? json(record) : columns(record)) + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(line, 0, line.length); // as bytes: the stream's own encoding is the terminal's
    }

    /** The columns of the line, separated by tabs. */
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

    private String json(ConsumerRecord<byte[], byte[]> record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            fields(record, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the target is a string
        }
        return line.toString();
    }
}
