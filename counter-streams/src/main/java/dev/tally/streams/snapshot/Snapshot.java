package dev.tally.streams.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete snapshot of a partition, as the note {@code snapshot/PARTITION} in {@code tally.generations} describes it. The note
 * is posted when every entry is acknowledged, so a snapshot without a note is incomplete and is never read.
 *
 * <pre>
 * id first last entries checksum applied createdAt parameters generation
 * </pre>
 *
 * @param id begins the key of each of its records, so that those of another snapshot are skipped
 * @param first the offset of its first record in {@code tally.snapshots}; -1 without entries
 * @param last the offset of its last record; -1 without entries
 * @param entries the number of its records
 * @param checksum of all entries, see {@link Checksum}
 * @param applied the last offset of {@code tally.events} that the state includes; -1 for none
 * @param createdAt by the clock of the instance that wrote it
 * @param parameters the format and the parameters of the state, see {@code StateParameters}
 * @param generation the name of the generation whose state it is
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never changed
record Snapshot(
        long id,
        long first,
        long last,
        long entries,
        long checksum,
        long applied,
        Instant createdAt,
        byte[] parameters,
        String generation) {
    private static final String KEY = "snapshot/";
    private static final int WORDS = 9;

    static String key(int partition) {
        return KEY + partition;
    }

    /** The newest complete snapshot of a partition; null if there is none, or its note is of another version. */
    static @Nullable Snapshot of(Map<String, String> notes, int partition) {
        String note = notes.get(key(partition));
        String[] words = note == null ? new String[0] : note.split(" ", -1);
        if (words.length != WORDS) {
            return null;
        }
        try {
            return new Snapshot(
                    HexFormat.fromHexDigitsToLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    HexFormat.fromHexDigitsToLong(words[4]),
                    Long.parseLong(words[5]),
                    Instant.parse(words[6]),
                    Base64.getDecoder().decode(words[7]),
                    words[8]);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    /** The text of its note. */
    String text() {
        return String.join(
                " ",
                HexFormat.of().toHexDigits(id),
                Long.toString(first),
                Long.toString(last),
                Long.toString(entries),
                HexFormat.of().toHexDigits(checksum),
                Long.toString(applied),
                createdAt.toString(),
                Base64.getEncoder().encodeToString(parameters),
                generation);
    }

    /** The same as of a later time, when nothing more was applied. */
    Snapshot at(Instant now) {
        return new Snapshot(id, first, last, entries, checksum, applied, now, parameters, generation);
    }
}
