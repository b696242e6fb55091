package dev.tally.schemas.topic;

/** The headers of a record in {@code tally.events}. None is needed to count it. */
public final class EventHeaders {
    /** The {@code X-Request-Id} of the HTTP request that appended the event, ASCII; a batch has one for all its events. */
    public static final String REQUEST_ID = "tally.request-id";

    private EventHeaders() {}
}
