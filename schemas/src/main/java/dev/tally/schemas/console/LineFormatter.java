package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.wire.SchemaLookup;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.MessageFormatter;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Prints each record as one line of UTF-8, whatever its content: columns separated by tabs, or with {@code json=true} one JSON
 * object. {@code counter=namespace/counter} prints that counter only. {@code schema.registry.url} and the other properties of
 * {@link SchemaDirectory#open} name a registry for schemas other than the released ones. Not thread-safe.
 */
public abstract class LineFormatter implements MessageFormatter {
    /** Escapes all non-ASCII characters, because some line readers treat U+0085 and U+2028 as line terminators. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Function<SchemaLookup, RecordLines> topic;
    private SchemaDirectory schemas = SchemaDirectory.ofReleased();
    private RecordLines lines;
    private boolean json;
    private byte @Nullable [] wanted;

    /** @param topic the lines of the topic, given the lookup for the schemas of its records */
    protected LineFormatter(Function<SchemaLookup, RecordLines> topic) {
        this.topic = topic;
        this.lines = topic.apply(schemas);
    }

    @Override
    public final void configure(Map<String, ?> properties) {
        json = "true".equals(properties.get("json"));
        Object counter = properties.get("counter");
        wanted = counter == null ? null : counter.toString().getBytes(StandardCharsets.UTF_8);
        if (wanted != null && CounterName.ofKey(wanted) == null) {
            throw new ConfigException("counter: " + counter + " (expected: namespace/counter)");
        }
        schemas = SchemaDirectory.open(properties);
        lines = topic.apply(schemas);
    }

    @Override
    public final void close() {
        schemas.close();
    }

    @Override
    public final void writeTo(ConsumerRecord<byte[], byte[]> record, PrintStream output) {
        if (wanted != null && !Arrays.equals(wanted, record.key())) {
            return;
        }
        byte[] line = ((json ? json(record) : lines.columns(record)) + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(line, 0, line.length); // as bytes: the stream's own encoding is the terminal's
    }

    private String json(ConsumerRecord<byte[], byte[]> record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            lines.fields(record, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the target is a string
        }
        return line.toString();
    }
}
