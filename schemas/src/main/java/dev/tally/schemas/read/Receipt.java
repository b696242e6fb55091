package dev.tally.schemas.read;

/** The partition and offset of one record of {@code tally.events}. Clients see the opaque text of {@link #toString}. */
public record Receipt(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
