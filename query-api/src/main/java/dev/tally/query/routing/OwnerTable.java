package dev.tally.query.routing;

import dev.tally.schemas.read.Ownership;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The owner of each partition, as reported by one instance of counter-streams. Immutable. */
final class OwnerTable {
    private final int partitions;
    /** Indexed by partition; null if the partition has no owner. */
    private final @Nullable String[] owners;

    private OwnerTable(int partitions, @Nullable String[] owners) {
        this.partitions = partitions;
        this.owners = owners;
    }

    static OwnerTable of(Ownership ownership) {
        @Nullable String[] owners = new String[ownership.partitions()];
        for (Ownership.Owner owner : ownership.owners()) {
            for (int partition : owner.partitions()) {
                owners[partition] = owner.endpoint();
            }
        }
        return new OwnerTable(ownership.partitions(), owners);
    }

    int partitions() {
        return partitions;
    }

    /** {@code host:port}, or null. */
    @Nullable
    String owner(int partition) {
        return owners[partition];
    }

    boolean isComplete() {
        for (String owner : owners) {
            if (owner == null) {
                return false;
            }
        }
        return true;
    }

    /** The distinct endpoints. */
    List<String> endpoints() {
        List<String> endpoints = new ArrayList<>();
        for (String owner : owners) {
            if (owner != null && !endpoints.contains(owner)) {
                endpoints.add(owner);
            }
        }
        return endpoints;
    }
}
