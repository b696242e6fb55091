package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.topic.EventHeaders;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.SchemaLookup;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The lines of {@link dev.tally.schemas.EventFormatter}, whose Javadoc lists the columns. */
final class EventLines implements RecordLines {
    private static final String UNDECODABLE = "undecodable";

    private final EventDecoder decoder;

    EventLines(SchemaLookup schemas) {
        decoder = new EventDecoder(schemas);
    }

    @Override
    public String columns(ConsumerRecord<byte[], byte[]> record) {
        boolean decoded = decoder.decode(record.value());
        return String.join(
                "\t",
                RecordText.place(record.partition(), record.offset()),
                RecordText.time(record.timestamp()),
                RecordText.key(record),
                decoded ? operation() : UNDECODABLE,
                decoded ? Long.toString(decoder.value()) : "-",
                decoded ? id(decoder.id()) : String.valueOf(decoder.problem()));
    }

    @Override
    public void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        out.writeStringField("receipt", RecordText.place(record.partition(), record.offset()));
        out.writeStringField("time", RecordText.time(record.timestamp()));
        RecordText.writeName(record, out);
        if (decoder.decode(record.value())) {
            out.writeStringField("operation", operation());
            out.writeNumberField("value", decoder.value());
            out.writeStringField("id", decoder.id());
            out.writeStringField("occurredAt", RecordText.time(decoder.occurredAtMillis()));
            out.writeStringField("source", decoder.source());
        } else {
            out.writeStringField(UNDECODABLE, decoder.problem());
        }
        RecordText.writeRequestId(record, out);
        Header replayOf = record.headers().lastHeader(EventHeaders.REPLAY_OF);
        if (replayOf != null && replayOf.value() != null) {
            out.writeStringField("replayOf", OneLine.of(replayOf.value()));
        }
    }

    private String operation() {
        return decoder.operation().name().toLowerCase(Locale.ROOT);
    }

    /** The id column. An id that is a dash is escaped, to distinguish it from a missing id. */
    private static String id(@Nullable String id) {
        return id == null ? "-" : id.equals("-") ? "\\-" : OneLine.of(id);
    }
}
