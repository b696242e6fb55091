package dev.tally.schemas.wire;

import org.jspecify.annotations.Nullable;

/** The frame before the Avro bytes: one zero byte, then the 4-byte id of the writer's schema, big-endian. */
public final class Frame {
    static final int BYTES = 5;

    private Frame() {}

    /** Writes the frame at the start of a record; returns the index after it. */
    static int write(int schemaId, byte[] record) {
        record[0] = 0;
        record[1] = (byte) (schemaId >>> 24);
        record[2] = (byte) (schemaId >>> 16);
        record[3] = (byte) (schemaId >>> 8);
        record[4] = (byte) schemaId;
        return BYTES;
    }

    /** Whether a record has a frame, and so a schema id. */
    public static boolean isFramed(byte @Nullable [] record) {
        return record != null && record.length >= BYTES && record[0] == 0;
    }

    /** The id in the frame of a record that has one. */
    public static int schemaId(byte[] record) {
        return record[1] << 24 | (record[2] & 0xFF) << 16 | (record[3] & 0xFF) << 8 | (record[4] & 0xFF);
    }
}
