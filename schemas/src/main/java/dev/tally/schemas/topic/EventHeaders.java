package dev.tally.schemas.topic;

/** The headers of a record in {@code tally.events}. None is needed to count it; {@link RequestIdHeader} reads them. */
public final class EventHeaders {
    /** The {@code X-Request-Id} of the HTTP request that appended the event, ASCII; a batch has one for all its events. */
    public static final String REQUEST_ID = "tally.request-id";

    /**
     * The same in {@value PackedRequestId#BYTES_MIN} to {@value PackedRequestId#BYTES_MAX} bytes, for an id that ingest-api
     * made itself. A name of one byte, as it is written with every event.
     */
    public static final String PACKED_REQUEST_ID = "#";

    private EventHeaders() {}
}
