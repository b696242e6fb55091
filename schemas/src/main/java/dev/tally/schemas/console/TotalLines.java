package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalDecoder;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The lines of {@link dev.tally.schemas.TotalFormatter}, whose Javadoc lists the columns. */
final class TotalLines implements RecordLines {
    private static final String DELETED = "deleted";
    private static final String UNDECODABLE = "undecodable";

    private final TotalDecoder decoder;

    TotalLines(SchemaLookup schemas) {
        decoder = new TotalDecoder(schemas);
    }

    @Override
    public String columns(ConsumerRecord<byte[], byte[]> record) {
        String time = RecordText.time(record.timestamp());
        if (record.value() == null) {
            return String.join("\t", RecordText.key(record), DELETED, time, "-");
        } else if (!decoder.decode(record.value())) {
            return String.join("\t", RecordText.key(record), UNDECODABLE, time, String.valueOf(decoder.problem()));
        }
        return String.join(
                "\t",
                RecordText.key(record),
                Long.toString(decoder.total()),
                RecordText.time(decoder.updatedAtMillis()),
                RecordText.place(record.partition(), decoder.offset()));
    }

    @Override
    public void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        RecordText.writeName(record, out);
        if (record.value() == null) {
            out.writeBooleanField(DELETED, true);
            out.writeStringField("time", RecordText.time(record.timestamp()));
        } else if (!decoder.decode(record.value())) {
            out.writeStringField(UNDECODABLE, decoder.problem());
            out.writeStringField("time", RecordText.time(record.timestamp()));
        } else {
            out.writeNumberField("total", decoder.total());
            out.writeStringField("updatedAt", RecordText.time(decoder.updatedAtMillis()));
            out.writeStringField("receipt", RecordText.place(record.partition(), decoder.offset()));
        }
    }
}
