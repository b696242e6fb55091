package dev.tally.schemas.name;

/**
 * The limits on the id and the source of an event, for every producer. ingest-api checks them for its clients;
 * counter-streams checks them for every event of the log, so that the size of each record that it writes is bounded.
 */
public final class EventLimits {
    /** The maximum length of an id that a client gives. */
    public static final int ID_CHARS_MAX = 128;
    /**
     * The maximum length of an id in the log. An event of a batch without an id gets the request ID, a slash and its line
     * number, which is an int.
     */
    public static final int LOGGED_ID_CHARS_MAX = ID_CHARS_MAX + 1 + 10;

    public static final int SOURCE_BYTES_MAX = 100;

    /** The accepted ids of clients, for messages. */
    public static final String ID_EXPECTED = idExpected(ID_CHARS_MAX) + ", not starting with " + ReplayId.PREFIX;
    /** The accepted ids in the log, for messages. */
    public static final String LOGGED_ID_EXPECTED = idExpected(LOGGED_ID_CHARS_MAX);
    /** The accepted sources, for messages. */
    public static final String SOURCE_EXPECTED = "1 to " + SOURCE_BYTES_MAX + " bytes of UTF-8";

    private EventLimits() {}

    /** Whether a character, or a byte of UTF-8, is allowed in an id: printable ASCII. */
    public static boolean isOfId(int character) {
        return character >= ' ' && character <= '~';
    }

    private static String idExpected(int charsMax) {
        return "1 to " + charsMax + " printable ASCII characters";
    }
}
