package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.runtime.OffsetLimit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to which offset each of the two generations may process each partition, as it follows from the change and the notes alone. An
 * instance that starts in the middle of a change therefore has the same limits as one that was there before.
 */
final class Limits {
    private Limits() {}

    /** Of the generation that is to become live. */
    static Map<Integer, Long> to(@Nullable Change change, Map<String, String> notes, int partitions) {
        Map<Integer, Long> limits = new HashMap<>();
        if (change == null || !stopsTo(change.phase())) {
            return limits;
        }
        for (int partition = 0; partition < partitions; partition++) {
            limits.put(partition, lastOf(change, notes, partition));
        }
        return limits;
    }

    private static boolean stopsTo(Phase phase) {
        return phase == Phase.HOLDING || phase == Phase.COMPARING || stopsFrom(phase);
    }

    private static long lastOf(Change change, Map<String, String> notes, int partition) {
        if (stopsFrom(change.phase())) {
            Long stopped = Note.offset(change, notes, Note.stopped(change.from(), partition));
            if (stopped != null) {
                return stopped;
            }
        }
        String digest = Note.text(change, notes, Note.digest(change.from(), partition));
        if (digest != null) {
            return DigestText.offset(digest);
        }
        Long stopped = Note.offset(change, notes, Note.stopped(change.to(), partition));
        return stopped == null ? OffsetLimit.NO_RECORD : stopped;
    }

    /** Of the generation that was live. */
    static Map<Integer, Long> from(@Nullable Change change, Map<String, String> notes, int partitions) {
        Map<Integer, Long> limits = new HashMap<>();
        if (change == null || !stopsFrom(change.phase())) {
            return limits;
        }
        for (int partition = 0; partition < partitions; partition++) {
            Long stopped = Note.offset(change, notes, Note.stopped(change.from(), partition));
            limits.put(partition, stopped == null ? OffsetLimit.NO_RECORD : stopped);
        }
        return limits;
    }

    private static boolean stopsFrom(Phase phase) {
        return phase == Phase.STOPPING || phase == Phase.MOVING;
    }
}
