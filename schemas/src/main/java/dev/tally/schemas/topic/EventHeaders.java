package dev.tally.schemas.topic;

/** The headers of a record in {@code tally.events}. None is needed to count it; {@link RequestIdHeader} reads them. */
public final class EventHeaders {
    /**
     * The {@code X-Request-Id} of the HTTP request that appended the event, ASCII; a batch has one for all its events. The name
     * is short, as it is written with every event.
     */
    public static final String REQUEST_ID = "rid";

    /** The same under the name that earlier releases wrote. */
    public static final String EARLIER_REQUEST_ID = "tally.request-id";

    private EventHeaders() {}
}
