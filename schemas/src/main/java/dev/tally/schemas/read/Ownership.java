package dev.tally.schemas.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which partition, as one instance of counter-streams knows it. What it knows may be old: in a rebalance two
 * instances can name different owners, and a partition can have none.
 *
 * @param generation of the state, {@code g1}
 * @param partitions how many partitions {@code tally.events} has: what placement divides by
 * @param owners every instance known to be active for at least one partition
 */
public record Ownership(String generation, int partitions, List<Owner> owners) {
    /**
     * @param endpoint {@code host:port} by which others reach the instance
     * @param partitions it is active for, each from 0 to {@code partitions - 1}
     */
    public record Owner(String endpoint, List<Integer> partitions) {
        public Owner {
            partitions = List.copyOf(partitions);
        }
    }

    public Ownership {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1 or more)");
        }
        for (Owner owner : owners) {
            for (int partition : owner.partitions()) {
                if (partition < 0 || partition >= partitions) {
                    throw new IllegalArgumentException(
                            "partition: " + partition + " (expected: 0 to " + (partitions - 1) + ")");
                }
            }
        }
        owners = List.copyOf(owners);
    }

    /** The endpoint of a partition's owner, or null while it has none. */
    public @Nullable String ownerOf(int partition) {
        for (Owner owner : owners) {
            if (owner.partitions().contains(partition)) {
                return owner.endpoint();
            }
        }
        return null;
    }
}
