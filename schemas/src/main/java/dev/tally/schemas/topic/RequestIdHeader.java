package dev.tally.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP request appended an event. Each event says it by itself, so that it is known wherever reading starts and
 * whatever lies between the events of a request.
 */
public final class RequestIdHeader {
    private RequestIdHeader() {}

    /**
     * The header for all events of one request.
     *
     * @param requestId in ASCII
     */
    public static Header of(String requestId) {
        byte[] packed = PackedRequestId.pack(requestId);
        return packed == null
                ? new RecordHeader(EventHeaders.REQUEST_ID, requestId.getBytes(StandardCharsets.ISO_8859_1))
                : new RecordHeader(EventHeaders.PACKED_REQUEST_ID, packed);
    }

    /** The id among a record's headers, as text in whatever bytes its writer gave; null if there is none. */
    public static byte @Nullable [] read(Headers headers) {
        Header text = headers.lastHeader(EventHeaders.REQUEST_ID);
        if (text != null && text.value() != null) {
            return text.value();
        }
        Header packed = headers.lastHeader(EventHeaders.PACKED_REQUEST_ID);
        return packed == null || packed.value() == null ? null : PackedRequestId.unpack(packed.value());
    }
}
