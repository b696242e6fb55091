package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult.Elsewhere;
import dev.tally.schemas.read.ReadResult.Missing;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.runtime.LogEnd;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Read eligibility: whether this instance may answer for a partition, and as of which position. An answer is returned only if the
 * instance served the partition and was a member of its group both before and after the read. A partition that was revoked in
 * between may have been read while its state was being dropped.
 */
final class ReadEligibility {
    private final ServingStores serving;
    private final StreamsRuntime runtime;
    private final int partitions;

    ReadEligibility(ServingStores serving, StreamsRuntime runtime, int partitions) {
        this.serving = serving;
        this.runtime = runtime;
        this.partitions = partitions;
    }

    int partitions() {
        return partitions;
    }

    StreamsRuntime runtime() {
        return runtime;
    }

    ServingStores.@Nullable Lease lease(int partition) {
        return serving.lease(partition);
    }

    /** The reason why reads under the lease cannot be answered; null if they can. */
    <T> @Nullable Missing<T> refusal(int partition, ServingStores.Lease lease) {
        if (!serving.holds(lease)) {
            return elsewhere(partition);
        }
        if (!runtime.isMember()) {
            return new NotReady<>(
                    "this instance lost contact with the group coordinator; its membership lease has expired");
        }
        String stall = runtime.stall(partition);
        return stall == null ? null : new NotReady<>(stall);
    }

    <T> Missing<T> elsewhere(int partition) {
        String owner = runtime.owners().other(partition);
        return owner == null
                ? new NotReady<>("partition " + partition + " is being assigned or restored: " + runtime.condition())
                : new Elsewhere<>(owner);
    }

    /** The as-of of an answer that was read under the lease at the position. */
    AsOf asOf(int partition, ServingStores.Lease lease, CounterView.Position position) {
        LogEnd.Ends ends = runtime.logEnd();
        long applied = lease.view().position().offset();
        boolean empty = position.offset() < 0;
        return new AsOf(
                empty ? null : new Receipt(partition, position.offset()),
                empty ? null : Instant.ofEpochMilli(position.streamTime()),
                ends == null ? null : ends.lag(partition, position.offset(), applied),
                AsOf.Role.ACTIVE,
                ends == null ? Instant.now() : ends.checkedAt());
    }
}
