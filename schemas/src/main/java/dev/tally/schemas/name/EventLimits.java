package dev.tally.schemas.name;

/**
 * What the id and the source of an event may be, whoever wrote it: ingest-api asks it of its clients, counter-streams of
 * every event of the log, so that the size of each record that it writes is bounded.
 */
public final class EventLimits {
    /** Of an id that a client gives. */
    public static final int ID_CHARS_MAX = 128;
    /**
     * Of an id in the log: an event of a batch that has none of its own gets the id of the request, a slash and its line,
     * which is an int.
     */
    public static final int LOGGED_ID_CHARS_MAX = ID_CHARS_MAX + 1 + 10;

    public static final int SOURCE_BYTES_MAX = 100;

    /** What an id that a client gives must look like, for messages. */
    public static final String ID_EXPECTED = idExpected(ID_CHARS_MAX);
    /** What an id in the log must look like, for messages. */
    public static final String LOGGED_ID_EXPECTED = idExpected(LOGGED_ID_CHARS_MAX);
    /** What a source must look like, for messages. */
    public static final String SOURCE_EXPECTED = "1 to " + SOURCE_BYTES_MAX + " bytes of UTF-8";

    private EventLimits() {}

    /** Whether a character, or a byte of UTF-8, may stand in an id: printable ASCII. */
    public static boolean isOfId(int character) {
        return character >= ' ' && character <= '~';
    }

    private static String idExpected(int charsMax) {
        return "1 to " + charsMax + " printable ASCII characters";
    }
}
