package dev.tally.streams.state.entry;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Sizes of records of the changelog and of the feed. */
public final class LargestEntry {
    /** The default of {@code max.message.bytes}. */
    private static final int MESSAGE_BYTES_MAX = 1_048_588;

    /** More than half of the limit is left for headers, framing and future fields. */
    public static final int BYTES_MAX = MESSAGE_BYTES_MAX / 2;

    private LargestEntry() {}

    public static int size(Bytes key, byte[] value) {
        return key.get().length + value.length;
    }

    public static byte[] filled(int bytes) {
        byte[] filled = new byte[bytes];
        Arrays.fill(filled, (byte) '~');
        return filled;
    }
}
