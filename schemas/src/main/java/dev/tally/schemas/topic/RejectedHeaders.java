package dev.tally.schemas.topic;

/**
 * The headers of a record in {@code tally.events.rejected}. They follow those of the event ({@link EventHeaders}), which are
 * kept. Every value is UTF-8 text, numbers in decimal. The record's key and value are those of the event, byte for byte.
 */
public final class RejectedHeaders {
    /**
     * One of {@code undecodable}, {@code too_large}, {@code overflow}, {@code id_reused}, {@code bad_key},
     * {@code wrong_partition}.
     */
    public static final String REASON = "tally.reason";
    /** One phrase, for people. */
    public static final String DETAIL = "tally.detail";
    /** The topic of the event. */
    public static final String TOPIC = "tally.topic";
    /** The partition of the event. */
    public static final String PARTITION = "tally.partition";
    /** The event's offset in that partition. */
    public static final String OFFSET = "tally.offset";

    private RejectedHeaders() {}
}
