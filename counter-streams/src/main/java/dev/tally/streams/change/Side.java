package dev.tally.streams.change;

import dev.tally.streams.read.LocalDigests;
import dev.tally.streams.read.LocalReader;
import dev.tally.streams.runtime.OffsetLimit;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.topology.Feeds;
import org.jspecify.annotations.Nullable;

/** One of the two generations of a change, as far as it runs on this instance. */
public record Side(
        String name,
        ServingStores serving,
        StreamsRuntime runtime,
        LocalReader reader,
        LocalDigests digests,
        OffsetLimit limit,
        Feeds feeds) {
    /** The last offset applied to a partition that is served here; null if it is not. */
    @Nullable
    Long applied(int partition) {
        ServingStores.Lease lease = serving.lease(partition);
        return lease == null ? null : lease.view().position().offset();
    }
}
