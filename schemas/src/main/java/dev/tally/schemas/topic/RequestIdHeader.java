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
        return new RecordHeader(EventHeaders.REQUEST_ID, requestId.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The id among a record's headers, in whatever bytes its writer gave; null if there is none. */
    public static byte @Nullable [] read(Headers headers) {
        Header header = headers.lastHeader(EventHeaders.REQUEST_ID);
        if (header == null) {
            header = headers.lastHeader(EventHeaders.EARLIER_REQUEST_ID);
        }
        return header == null ? null : header.value();
    }
}
