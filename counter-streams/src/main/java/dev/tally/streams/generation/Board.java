package dev.tally.streams.generation;

import dev.tally.schemas.generation.Generations;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in {@code tally.generations} up to some record: the generations, and the notes that instances post to each other during
 * a change. Immutable.
 *
 * @param generations null in a new installation
 * @param notes by key
 */
public record Board(@Nullable Generations generations, Map<String, String> notes) {
    /** Before anything was read. */
    public static final Board EMPTY = new Board(null, Map.of());

    public Board {
        notes = Map.copyOf(notes);
    }

    Board with(Generations next) {
        return new Board(next, notes);
    }

    Board with(String key, @Nullable String note) {
        Map<String, String> more = new HashMap<>(notes);
        if (note == null) {
            more.remove(key);
        } else {
            more.put(key, note);
        }
        return new Board(generations, more);
    }
}
