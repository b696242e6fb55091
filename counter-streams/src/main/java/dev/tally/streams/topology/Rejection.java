package dev.tally.streams.topology;

import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Why counting refuses an event. The names are those that the header {@code tally.reason} carries. */
public enum Rejection {
    /** The key is not the UTF-8 of a valid {@code namespace/counter}. */
    BAD_KEY("bad_key"),
    /** The record lies on a partition that its key does not belong to: its producer hashes differently. */
    WRONG_PARTITION("wrong_partition"),
    /** The value is not an event in Confluent wire format under a known schema, or its id or source is none. */
    UNDECODABLE("undecodable"),
    /** Its id or source is longer than one may be. */
    TOO_LARGE("too_large"),
    /** The total would leave the range of 64 bits. */
    OVERFLOW("overflow"),
    /** Its id was applied to the counter within the deduplication window by an event of other content. */
    ID_REUSED("id_reused");

    /** Of key, value and headers: less than {@link Topics} allows a batch, by more than our own headers need. */
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
     * The record for {@code tally.events.rejected}: the original bytes, and headers that say why and where from. What a
     * foreign producer compressed may be larger than that topic takes; it is named and not repeated, since counting must
     * get past it.
     *
     * @param from where the event is, but for its offset
     */
    Record<byte[], byte[]> of(Record<byte[], byte[]> event, RecordMetadata from, long offset, String detail) {
        long bytes = bytes(event);
        if (bytes <= EVENT_BYTES_MAX) {
            return event.withHeaders(reasons(new RecordHeaders(event.headers()), from, offset, detail));
        }
        String tooLarge = detail + "; the event is left where it is: its " + bytes + " bytes do not fit here";
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
