package dev.tally.streams.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the state depends on beside the log. It is kept in the state, so that an instance that is set up otherwise refuses to
 * go on with it: the same log would give another state from there on.
 *
 * <pre>
 * 'g' → format deduplicationWindow      varints
 * </pre>
 *
 * @param deduplicationWindow for how long, by log time, an id is remembered
 */
public record Generation(Duration deduplicationWindow) {
    /** Raised whenever what is written could be misread by an earlier reader. */
    static final byte FORMAT = 2;

    static final Bytes KEY = Bytes.wrap(new byte[] {'g'});

    byte[] value() {
        long millis = deduplicationWindow.toMillis();
        ByteBuffer out = ByteBuffer.allocate(1 + ByteUtils.sizeOfVarlong(millis));
        out.put(FORMAT);
        ByteUtils.writeVarlong(millis, out);
        return out.array();
    }

    /**
     * @param stored what the state says, null if it does not
     * @throws GenerationMismatchException if the state was made otherwise
     */
    void verify(byte @Nullable [] stored) {
        if (Arrays.equals(stored, value())) {
            return;
        }
        if (stored == null || stored[0] != FORMAT) {
            throw new GenerationMismatchException(
                    "The state is of another format than " + FORMAT
                            + ", which is the one that this version reads: it has to be rebuilt from the log under a new generation");
        }
        ByteBuffer in = ByteBuffer.wrap(stored, 1, stored.length - 1);
        throw new GenerationMismatchException(
                "TALLY_DEDUPLICATION_WINDOW is " + deduplicationWindow.toMillis() + "ms, and the state was made with "
                        + ByteUtils.readVarlong(in) + "ms: set it as it was, or rebuild under a new generation");
    }
}
