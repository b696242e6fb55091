package dev.tally.streams.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the state depends on beside the log. It is kept in the state, so that an instance that is set up otherwise refuses to
 * go on with it: the same log would give another state from there on.
 *
 * <pre>
 * 'g' → format deduplicationWindow minutes hours days topIndex      milliseconds and a number, zigzag varints
 * </pre>
 *
 * @param deduplicationWindow for how long, by log time, an id is remembered
 * @param history for how long, by log time, buckets of histories are kept
 * @param topIndex whether the largest totals of each namespace are indexed; without, each question for them reads them all
 */
public record Generation(Duration deduplicationWindow, HistoryRetention history, boolean topIndex) {
    /** Raised whenever what is written could be misread by an earlier reader. */
    static final byte FORMAT = 4;

    static final Bytes KEY = Bytes.wrap(new byte[] {'g'});

    private static final int VARINT_BYTES_MAX = 10;

    /** What {@link #numbers} are, as settings. */
    private static final List<String> NAMES = List.of(
            "TALLY_DEDUPLICATION_WINDOW",
            "TALLY_HISTORY_MINUTES",
            "TALLY_HISTORY_HOURS",
            "TALLY_HISTORY_DAYS",
            "the index");

    private long[] numbers() {
        return new long[] {
            deduplicationWindow.toMillis(),
            history.minutes().toMillis(),
            history.hours().toMillis(),
            history.days().toMillis(),
            topIndex ? 1 : 0
        };
    }

    byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(1 + NAMES.size() * VARINT_BYTES_MAX);
        out.put(FORMAT);
        for (long number : numbers()) {
            ByteUtils.writeVarlong(number, out);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * @param stored what the state says, null if it does not
     * @throws GenerationMismatchException if the state was made otherwise
     */
    void verify(byte @Nullable [] stored) {
        if (stored == null || stored[0] != FORMAT) {
            throw new GenerationMismatchException(
                    "The state is of another format than " + FORMAT
                            + ", which is the one that this version reads: it has to be rebuilt from the log under a new generation");
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        List<String> differences = new ArrayList<>();
        long[] numbers = numbers();
        for (int i = 0; i < numbers.length; i++) {
            long made = ByteUtils.readVarlong(in);
            if (made != numbers[i]) {
                differences.add(NAMES.get(i) + " is " + numbers[i] + "ms, and the state was made with " + made + "ms");
            }
        }
        if (!differences.isEmpty()) {
            throw new GenerationMismatchException(
                    String.join("; ", differences) + ": set it as it was, or rebuild under a new generation");
        }
    }
}
