package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.topic.RejectedHeaders;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The lines of {@link dev.tally.schemas.RejectedFormatter}, whose Javadoc lists the columns. */
final class RejectedLines implements RecordLines {
    @Override
    public String columns(ConsumerRecord<byte[], byte[]> record) {
        return String.join(
                "\t",
                place(record),
                RecordText.time(record.timestamp()),
                RecordText.key(record),
                header(record, RejectedHeaders.REASON),
                header(record, RejectedHeaders.DETAIL));
    }

    @Override
    public void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException {
        out.writeStringField("receipt", place(record));
        out.writeStringField("time", RecordText.time(record.timestamp()));
        RecordText.writeName(record, out);
        out.writeStringField("reason", header(record, RejectedHeaders.REASON));
        out.writeStringField("detail", header(record, RejectedHeaders.DETAIL));
        out.writeStringField("topic", header(record, RejectedHeaders.TOPIC));
        RecordText.writeRequestId(record, out);
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return header(record, RejectedHeaders.PARTITION) + "-" + header(record, RejectedHeaders.OFFSET);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "-" : OneLine.of(header.value());
    }
}
