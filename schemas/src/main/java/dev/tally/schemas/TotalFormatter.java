package dev.tally.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalDecoder;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Prints {@code tally.totals}: {@code namespace/counter, total, updatedAt, partition-offset of the last event}, separated by
 * tabs. A tombstone has {@code deleted, its time, -}; an undecodable record has {@code undecodable, its time, why}.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.TotalFormatter}, with {@code --formatter-property}
 * {@code json=true} and {@code counter=namespace/counter}.
 */
public final class TotalFormatter extends RecordFormatter {
    private static final String DELETED = "deleted";
    private static final String UNDECODABLE = "undecodable";

    private TotalDecoder decoder = TotalDecoder.released();

    @Override
    void decodeWith(SchemaLookup directory) {
        decoder = new TotalDecoder(directory);
    }

    @Override
    String columns(ConsumerRecord<byte[], byte[]> record) {
        String time = time(record.timestamp());
        if (record.value() == null) {
            return String.join("\t", key(record), DELETED, time, "-");
        } else if (!decoder.decode(record.value())) {
            return String.join("\t", key(record), UNDECODABLE, time, String.valueOf(decoder.problem()));
        }
        return String.join(
                "\t",
                key(record),
                Long.toString(decoder.total()),
                time(decoder.updatedAtMillis()),
                place(record.partition(), decoder.offset()));
    }

    @Override
    void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        writeName(record, out);
        if (record.value() == null) {
            out.writeBooleanField(DELETED, true);
            out.writeStringField("time", time(record.timestamp()));
        } else if (!decoder.decode(record.value())) {
            out.writeStringField(UNDECODABLE, decoder.problem());
            out.writeStringField("time", time(record.timestamp()));
        } else {
            out.writeNumberField("total", decoder.total());
            out.writeStringField("updatedAt", time(decoder.updatedAtMillis()));
            out.writeStringField("receipt", place(record.partition(), decoder.offset()));
        }
    }
}
