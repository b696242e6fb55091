package dev.tally.streams.change;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.StateDigest;
import dev.tally.streams.state.serving.StateDigests;
import org.jspecify.annotations.Nullable;

/** The digests of the partitions of one generation that are being taken on this instance. Confined to one thread. */
final class Digests {
    /** The digest of one partition. */
    private static final class Taking {
        private final long offset;
        private final StateDigests.Pending pending;
        private boolean isLastKnown;

        private Taking(long offset, StateDigests.Pending pending) {
            this.offset = offset;
            this.pending = pending;
        }
    }

    private final @Nullable Taking[] taking;
    /** Of the present step. */
    private @Nullable StepOffsets ends;

    private @Nullable StepOffsets committed;

    Digests(int partitions) {
        taking = new Taking[partitions];
    }

    /** Called before the partitions are looked at. */
    void beginStep(@Nullable Side side) {
        ends = side == null ? null : new StepOffsets(side.runtime()::readableEnds);
        committed = side == null ? null : new StepOffsets(side.runtime()::committedOffsets);
    }

    /**
     * Goes on with the digest of a partition.
     *
     * @param request what to digest, at any offset
     * @param at the offset as of which; null for the present end of the log
     * @return the digest, once it is taken
     */
    @Nullable
    StateDigest step(Side side, int partition, DigestRequest request, @Nullable Long at) {
        Taking now = taking[partition];
        if (now == null) {
            return begin(side, partition, request, at);
        }
        if (!now.pending.result().toCompletableFuture().isDone()) {
            tellLast(side, partition, now);
            return null;
        }
        taking[partition] = null; // if it was not taken: the next step begins again, with a later offset
        return now.pending.result().toCompletableFuture().join() instanceof DigestResult.Taken taken
                ? taken.digest()
                : null;
    }

    private @Nullable StateDigest begin(Side side, int partition, DigestRequest request, @Nullable Long at) {
        if (side.applied(partition) == null) {
            return null; // another instance serves it
        }
        Long offset = at == null ? end(partition) : at;
        if (offset == null) {
            return null; // Kafka does not answer now
        }
        if (offset < 0) {
            return Participant.empty();
        }
        DigestRequest asOf = DigestRequest.asOf(offset).withDetails(request.details(), request.detailsMax());
        taking[partition] = new Taking(offset, side.digests().at(partition, asOf));
        return null;
    }

    private @Nullable Long end(int partition) {
        Long end = ends == null ? null : ends.of(partition);
        return end == null ? null : Long.valueOf(end - 1);
    }

    /** What is committed is applied, so there is no record between the applied offset and the requested one. */
    private void tellLast(Side side, int partition, Taking now) {
        Long next = now.isLastKnown || committed == null ? null : committed.of(partition);
        if (next != null && next > now.offset) {
            Long applied = side.applied(partition);
            if (applied != null && applied <= now.offset) {
                now.isLastKnown = true;
                now.pending.lastRecordIs(applied);
            }
        }
    }

    void cancel() {
        for (int partition = 0; partition < taking.length; partition++) {
            Taking now = taking[partition];
            if (now != null) {
                now.pending.cancel();
                taking[partition] = null;
            }
        }
    }
}
