package dev.tally.streams.topology;

import dev.tally.schemas.topic.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Why the fold refuses an event. The names are those that the header {@code tally.reason} carries. */
public enum Rejection {
    /** The key is not the UTF-8 of a valid {@code namespace/counter}. */
    BAD_KEY("bad_key"),
    /** The record lies on a partition that its key does not belong to: its producer hashes differently. */
    WRONG_PARTITION("wrong_partition"),
    /** The value is not an event in Confluent wire format under a known schema. */
    UNDECODABLE("undecodable"),
    /** The total would leave the range of 64 bits. */
    OVERFLOW("overflow");

    private final String reason;

    Rejection(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /** The record for {@code tally.events.rejected}: the original bytes, and headers that say why and where from. */
    Record<byte[], byte[]> of(Record<byte[], byte[]> event, RecordMetadata from, String detail) {
        RecordHeaders headers = new RecordHeaders(event.headers());
        headers.add(RejectedHeaders.REASON, utf8(reason));
        headers.add(RejectedHeaders.DETAIL, utf8(detail));
        headers.add(RejectedHeaders.TOPIC, utf8(from.topic()));
        headers.add(RejectedHeaders.PARTITION, utf8(Integer.toString(from.partition())));
        headers.add(RejectedHeaders.OFFSET, utf8(Long.toString(from.offset())));
        return event.withHeaders(headers);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
