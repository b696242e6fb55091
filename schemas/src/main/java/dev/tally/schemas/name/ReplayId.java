package dev.tally.schemas.name;

/**
 * The id that a rejected event without a usable id gets when it is appended again: {@code tally.rejected.} and the receipt of
 * the rejected event. The same event always gets the same id, so it counts once. ingest-api refuses such ids, so that the id of
 * a client never equals one.
 */
public final class ReplayId {
    /** How each of these ids starts. */
    public static final String PREFIX = "tally.rejected.";

    private ReplayId() {}

    /**
     * @param partition of the rejected event in {@code tally.events}
     * @param offset of the rejected event in that partition
     */
    public static String of(int partition, long offset) {
        return PREFIX + partition + "-" + offset;
    }

    /** Whether clients must not use this id. */
    public static boolean isReserved(String id) {
        return id.startsWith(PREFIX);
    }
}
