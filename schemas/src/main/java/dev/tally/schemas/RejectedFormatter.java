package dev.tally.schemas;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.topic.RejectedHeaders;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Prints {@code tally.events.rejected}: {@code partition-offset of the event, time, key, reason, detail}, separated by tabs. A
 * missing header is printed as a dash.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.RejectedFormatter}, with
 * {@code --formatter-property} {@code json=true} and {@code counter=namespace/counter}.
 */
public final class RejectedFormatter extends RecordFormatter {
    @Override
    String columns(ConsumerRecord<byte[], byte[]> record) {
        return String.join(
                "\t",
                place(record),
                time(record.timestamp()),
                key(record),
                header(record, RejectedHeaders.REASON),
                header(record, RejectedHeaders.DETAIL));
    }

    @Override
    void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        out.writeStringField("receipt", place(record));
        out.writeStringField("time", time(record.timestamp()));
        writeName(record, out);
        out.writeStringField("reason", header(record, RejectedHeaders.REASON));
        out.writeStringField("detail", header(record, RejectedHeaders.DETAIL));
        out.writeStringField("topic", header(record, RejectedHeaders.TOPIC));
        writeRequestId(record, out);
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return header(record, RejectedHeaders.PARTITION) + "-" + header(record, RejectedHeaders.OFFSET);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "-" : OneLine.of(header.value());
    }
}
