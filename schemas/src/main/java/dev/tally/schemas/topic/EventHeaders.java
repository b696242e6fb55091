package dev.tally.schemas.topic;

/** The headers of a record in {@code tally.events}. None is required for counting. {@link RequestIdHeader} reads them. */
public final class EventHeaders {
    /**
     * The {@code X-Request-Id} of the HTTP request that appended the event, ASCII. All events of a batch have the same one. The
     * name is short because every event carries it.
     */
    public static final String REQUEST_ID = "rid";

    /** The name of the same header in earlier releases. */
    public static final String EARLIER_REQUEST_ID = "tally.request-id";

    /**
     * On an event that was rejected and is appended again: the receipt of the rejected event, {@code partition-offset}, ASCII.
     * The event keeps its other headers.
     */
    public static final String REPLAY_OF = "tally.replay-of";

    private EventHeaders() {}
}
