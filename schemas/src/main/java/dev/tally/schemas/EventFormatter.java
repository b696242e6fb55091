package dev.tally.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.SchemaLookup;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Prints {@code tally.events}: {@code partition-offset, time of append, namespace/counter, add|set|delete, value, id or -},
 * separated by tabs. A record that cannot be decoded is a line too, with the last columns {@code undecodable, -, why}.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.EventFormatter}, with {@code --formatter-property}
 * {@code json=true} and {@code counter=namespace/counter}.
 */
public final class EventFormatter extends RecordFormatter {
    private static final String UNDECODABLE = "undecodable";

    private EventDecoder decoder = EventDecoder.released();

    @Override
    void decodeWith(SchemaLookup directory) {
        decoder = new EventDecoder(directory);
    }

    @Override
    String columns(ConsumerRecord<byte[], byte[]> record) {
        boolean decoded = decoder.decode(record.value());
        return String.join(
                "\t",
                place(record.partition(), record.offset()),
                time(record.timestamp()),
                key(record),
                decoded ? operation() : UNDECODABLE,
                decoded ? Long.toString(decoder.value()) : "-",
                decoded ? id(decoder.id()) : String.valueOf(decoder.problem()));
    }

    @Override
    void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        out.writeStringField("receipt", place(record.partition(), record.offset()));
        out.writeStringField("time", time(record.timestamp()));
        writeName(record, out);
        if (decoder.decode(record.value())) {
            out.writeStringField("operation", operation());
            out.writeNumberField("value", decoder.value());
            out.writeStringField("id", decoder.id());
            out.writeStringField("occurredAt", time(decoder.occurredAtMillis()));
            out.writeStringField("source", decoder.source());
        } else {
            out.writeStringField(UNDECODABLE, decoder.problem());
        }
        writeRequestId(record, out);
    }

    private String operation() {
        return decoder.operation().name().toLowerCase(Locale.ROOT);
    }

    /** The id column. An id that is a dash is escaped, to distinguish it from a missing id. */
    private static String id(@Nullable String id) {
        return id == null ? "-" : id.equals("-") ? "\\-" : OneLine.of(id);
    }
}
