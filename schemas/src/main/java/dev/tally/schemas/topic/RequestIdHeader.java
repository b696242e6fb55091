package dev.tally.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The header with the ID of the HTTP request that appended an event. Each event has its own, so that the ID is known from
 * whichever offset a consumer starts and whatever records are between the events of a request.
 */
public final class RequestIdHeader {
    private RequestIdHeader() {}

    /**
     * The header for all events of one request.
     *
     * @param requestId the request ID, ASCII
     */
    public static Header of(String requestId) {
        return new RecordHeader(EventHeaders.REQUEST_ID, requestId.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The request ID in a record's headers, as the bytes that its producer wrote; null if there is none. */
    public static byte @Nullable [] read(Headers headers) {
        Header header = headers.lastHeader(EventHeaders.REQUEST_ID);
        if (header == null) {
            header = headers.lastHeader(EventHeaders.EARLIER_REQUEST_ID);
        }
        return header == null ? null : header.value();
    }
}
