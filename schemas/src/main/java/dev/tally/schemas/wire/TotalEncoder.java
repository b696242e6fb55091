package dev.tally.schemas.wire;

/** Encodes values of {@code tally.totals}. Immutable and thread-safe. */
public final class TotalEncoder {
    private static final int PART = 0;
    private static final int PARTS = 1;

    private final int schemaId;

    /** @param schemaId the id to write in the frame; its schema must have the layout of the current {@code CounterTotal} */
    public TotalEncoder(int schemaId) {
        this.schemaId = schemaId;
    }

    /** An encoder that writes the fixed id of the newest released {@code CounterTotal}. */
    public static TotalEncoder released() {
        return new TotalEncoder(ReleasedSchemas.get().totalId());
    }

    /**
     * Encodes the total of a whole counter with its frame into a new array of exactly its size.
     *
     * @param updatedAtMillis the stream time of the event at {@code offset}, milliseconds since 1970, UTC
     * @param offset the offset of the last event that changed the total
     */
    public byte[] encode(long total, long updatedAtMillis, long offset) {
        byte[] record = new byte
                [Frame.BYTES
                        + Varint.size(total)
                        + Varint.size(updatedAtMillis)
                        + Varint.size(offset)
                        + Varint.size(PART)
                        + Varint.size(PARTS)];
        int at = Frame.write(schemaId, record);
        at = Varint.write(total, record, at);
        at = Varint.write(updatedAtMillis, record, at);
        at = Varint.write(offset, record, at);
        at = Varint.write(PART, record, at);
        Varint.write(PARTS, record, at);
        return record;
    }
}
