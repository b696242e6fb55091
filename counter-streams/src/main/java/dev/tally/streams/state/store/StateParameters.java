package dev.tally.streams.state.store;

import dev.tally.schemas.generation.CountingParameters;
import dev.tally.streams.state.history.HistoryRetention;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the state: the settings that it depends on in addition to the log. They are stored in the state. An instance with other settings
 * rejects the state, since the same log would give a different state from there on.
 *
 * <pre>
 * 'g' → format deduplicationWindow minutes hours days topIndex      milliseconds and a number, zigzag varints
 * </pre>
 *
 * @param deduplicationWindow how long an ID is remembered, in stream time
 * @param history how long buckets of histories are retained, in stream time
 * @param topIndex whether the largest totals of each namespace are indexed; if not, each query for them reads all totals
 */
public record StateParameters(Duration deduplicationWindow, HistoryRetention history, boolean topIndex) {
    /** Incremented whenever an earlier version could misread the stored data. */
    public static final byte FORMAT = 5;

    static final Bytes KEY = Bytes.wrap(new byte[] {'g'});

    private static final int VARINT_BYTES_MAX = 10;

    /** The setting names of {@link #numbers}. */
    private static final List<String> NAMES = List.of(
            "TALLY_DEDUPLICATION_WINDOW",
            "TALLY_HISTORY_MINUTES",
            "TALLY_HISTORY_HOURS",
            "TALLY_HISTORY_DAYS",
            "the index");

    /** The index of the number that is not a setting. */
    private static final int INDEX = 4;

    private static final List<String> UNITS = List.of("ms", "s", "m", "h", "d");
    private static final long[] UNIT_MILLIS = {1, 1_000, 60_000, 3_600_000, 86_400_000};

    private static final String COUNT_AGAIN = "count again with scripts/tally rebuild";

    /** As they are recorded for the generation. */
    public CountingParameters recorded() {
        return new CountingParameters(deduplicationWindow, history.minutes(), history.hours(), history.days());
    }

    private long[] numbers() {
        return new long[] {
            deduplicationWindow.toMillis(),
            history.minutes().toMillis(),
            history.hours().toMillis(),
            history.days().toMillis(),
            topIndex ? 1 : 0
        };
    }

    /** The entry of the state that holds them. */
    public byte[] value() {
        ByteBuffer out = ByteBuffer.allocate(1 + NAMES.size() * VARINT_BYTES_MAX);
        out.put(FORMAT);
        for (long number : numbers()) {
            ByteUtils.writeVarlong(number, out);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * @param stored the parameters in the state, null if there is none
     * @throws StateParametersMismatchException if the state was created with other parameters
     */
    void verify(byte @Nullable [] stored) {
        List<String> differences = differences(numbers(stored), "the state was made with");
        if (!differences.isEmpty()) {
            throw new StateParametersMismatchException(String.join("; ", differences) + ", or " + COUNT_AGAIN);
        }
    }

    /** Whether an entry made by {@link #value} is of the format that this version reads. */
    public static boolean isReadable(byte[] stored) {
        return stored.length > 0 && stored[0] == FORMAT;
    }

    /**
     * The parameters of an entry made by {@link #value}.
     *
     * @throws StateParametersMismatchException if this version does not read its format
     */
    public static StateParameters of(byte[] stored) {
        long[] numbers = numbers(stored);
        return new StateParameters(
                Duration.ofMillis(numbers[0]),
                new HistoryRetention(
                        Duration.ofMillis(numbers[1]), Duration.ofMillis(numbers[2]), Duration.ofMillis(numbers[3])),
                numbers[INDEX] == 1);
    }

    private static long[] numbers(byte @Nullable [] stored) {
        if (stored == null || stored[0] != FORMAT) {
            throw new StateParametersMismatchException("The state has "
                    + (stored == null ? "no format" : "format " + stored[0]) + ", and this version reads format "
                    + FORMAT + " only: go back to the version that wrote the state, or " + COUNT_AGAIN);
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        long[] made = new long[NAMES.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = ByteUtils.readVarlong(in);
        }
        return made;
    }

    /**
     * How the settings differ from those that a generation is counted with, in a sentence with what to do; null if they do not.
     *
     * @param made the parameters of the generation
     */
    public @Nullable String difference(StateParameters made, String generation) {
        List<String> differences = differences(made.numbers(), "generation " + generation + " counts with");
        return differences.isEmpty()
                ? null
                : String.join("; ", differences)
                        + ", or count again with the setting: scripts/tally rebuild --accept-differences";
    }

    private List<String> differences(long[] made, String madeWith) {
        List<String> differences = new ArrayList<>();
        long[] numbers = numbers();
        for (int i = 0; i < numbers.length; i++) {
            if (made[i] != numbers[i]) {
                differences.add(
                        i == INDEX
                                ? "The state was made " + (made[i] == 0 ? "without" : "with")
                                        + " the index of the largest totals: use the setting that it was made with"
                                : NAMES.get(i) + " is " + duration(numbers[i]) + ", and " + madeWith + " "
                                        + duration(made[i]) + ": set " + NAMES.get(i) + "=" + duration(made[i]));
            }
        }
        return differences;
    }

    /** In the format of the settings, with the largest unit that gives a whole number. */
    private static String duration(long millis) {
        int unit = UNITS.size() - 1;
        while (unit > 0 && millis % UNIT_MILLIS[unit] != 0) {
            unit--;
        }
        return millis / UNIT_MILLIS[unit] + UNITS.get(unit);
    }
}
