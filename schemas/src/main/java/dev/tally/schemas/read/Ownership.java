package dev.tally.schemas.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Partition ownership as known to one instance of counter-streams. It may be stale: during a rebalance two instances can
 * report different owners, and a partition can have none.
 *
 * @param generation the generation of the state, {@code g1}
 * @param partitions the number of partitions of {@code tally.events}, which placement depends on
 * @param owners every instance known to be active for at least one partition
 */
public record Ownership(String generation, int partitions, List<Owner> owners) {
    /**
     * @param endpoint {@code host:port} at which other processes reach the instance
     * @param partitions the partitions that the instance is active for, each from 0 to {@code partitions - 1}
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

    /** The endpoint of a partition's owner, or null if it has none. */
    public @Nullable String ownerOf(int partition) {
        for (Owner owner : owners) {
            if (owner.partitions().contains(partition)) {
                return owner.endpoint();
            }
        }
        return null;
    }
}
