package dev.tally.schemas.read;

/** A point in the log of events: one record of one partition. To clients it is the opaque text of {@link #toString}. */
public record Receipt(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
