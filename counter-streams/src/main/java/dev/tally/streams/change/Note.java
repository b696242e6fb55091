package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notes that instances post during a change, one key for each partition. A note begins with the round that it belongs to. */
final class Note {
    private static final String STOPPED = "stopped/";
    private static final String DIGEST = "digest/";
    private static final String MOVED = "moved/";

    private Note() {}

    /** Where a generation has stopped, by its owner: the last offset that it processes in this round. */
    static String stopped(String generation, int partition) {
        return STOPPED + generation + "/" + partition;
    }

    /** The digest of a partition's state in a generation. */
    static String digest(String generation, int partition) {
        return DIGEST + generation + "/" + partition;
    }

    /** That no reader gets an answer from the old generation any more. */
    static String moved(int partition) {
        return MOVED + partition;
    }

    static String of(Change change, String text) {
        return change.round() + " " + text;
    }

    /** The text of a note of this round; null if there is none. */
    static @Nullable String text(Change change, Map<String, String> notes, String key) {
        String note = notes.get(key);
        String round = change.round() + " ";
        return note != null && note.startsWith(round) ? note.substring(round.length()) : null;
    }

    /** The offset in a note of this round; null if there is none. */
    static @Nullable Long offset(Change change, Map<String, String> notes, String key) {
        String text = text(change, notes, key);
        return text == null ? null : Long.valueOf(text);
    }
}
