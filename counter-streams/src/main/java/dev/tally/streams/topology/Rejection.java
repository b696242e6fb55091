package dev.tally.streams.topology;

import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** The reasons why counting rejects an event. The names are the values of the header {@code tally.reason}. */
public enum Rejection {
    /** The key is not the UTF-8 of a valid {@code namespace/counter}. */
    BAD_KEY("bad_key"),
    /** The record is in the wrong partition for its key: its producer uses another partitioner. */
    WRONG_PARTITION("wrong_partition"),
    /** The value is not an event in Confluent wire format with a known schema, or its ID or source is not valid. */
    UNDECODABLE("undecodable"),
    /** Its ID or source exceeds the maximum length. */
    TOO_LARGE("too_large"),
    /** The total would exceed the range of 64 bits. */
    OVERFLOW("overflow"),
    /** An event with the same ID and other content was applied to the counter within the deduplication window. */
    ID_REUSED("id_reused");

    /** Maximum of key, value and headers. It is below the batch limit in {@link Topics} by more than our headers need. */
    static final int EVENT_BYTES_MAX = 8_000_000;

    private static final int HEADER_BYTES = 10;
    private static final int UTF_8_BYTES_MAX = 3;

    private final String reason;

    Rejection(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /**
     * The record for {@code tally.events.rejected}: the original bytes, and headers with the reason and the origin. An event that
     * another producer compressed may exceed the limit of that topic. The record then identifies the event without its content,
     * since counting must continue after it.
     *
     * @param from the topic and partition of the event
     */
    Record<byte[], byte[]> of(Record<byte[], byte[]> event, RecordMetadata from, long offset, String detail) {
        long bytes = bytes(event);
        if (bytes <= EVENT_BYTES_MAX) {
            return event.withHeaders(reasons(new RecordHeaders(event.headers()), from, offset, detail));
        }
        String tooLarge = detail + "; the record has no value: the event's " + bytes + " bytes exceed the limit";
        return new Record<>(null, null, event.timestamp(), reasons(new RecordHeaders(), from, offset, tooLarge));
    }

    private RecordHeaders reasons(RecordHeaders headers, RecordMetadata from, long offset, String detail) {
        headers.add(RejectedHeaders.REASON, utf8(reason));
        headers.add(RejectedHeaders.DETAIL, utf8(detail));
        headers.add(RejectedHeaders.TOPIC, utf8(from.topic()));
        headers.add(RejectedHeaders.PARTITION, utf8(Integer.toString(from.partition())));
        headers.add(RejectedHeaders.OFFSET, utf8(Long.toString(offset)));
        return headers;
    }

    private static long bytes(Record<byte[], byte[]> event) {
        long bytes = length(event.key()) + length(event.value());
        for (Header header : event.headers()) {
            bytes += HEADER_BYTES + (long) header.key().length() * UTF_8_BYTES_MAX + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
