package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.generation.Board;
import dev.tally.streams.snapshot.Beginning;
import dev.tally.streams.snapshot.Beginnings;
import dev.tally.streams.state.store.StateParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Leads a change from phase to phase, when the notes of all partitions say that the phase is done. The instance that serves
 * partition 0 of the new generation leads; if it ends, the next owner goes on. Two leaders do no harm: each step is made on the
 * record as it is, by one writer at a time.
 *
 * <p>Confined to one thread, which calls {@link #next} until the change is over.
 */
final class Coordinator {
    /** A phase in which counting is stopped and that is not over by then is given up, and tried again. */
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    /** So many events, or those of so long, may be missing when the new generation is stopped. */
    private static final long LAG_MAX = 1_000;

    private static final Duration LAG_TIME_MAX = Duration.ofSeconds(2);

    private final int partitions;
    private final Beginnings beginnings;
    private final Replacement replacement;
    private @Nullable Change seen;
    private long seenNanos;
    private final Rate rate = new Rate();

    /**
     * @param beginnings prepare a generation before it is created
     * @param replacement begins a rebuild whose live generation cannot be counted
     */
    Coordinator(int partitions, Beginnings beginnings, Replacement replacement) {
        this.partitions = partitions;
        this.beginnings = beginnings;
        this.replacement = replacement;
    }

    /**
     * The next step of the change; null if it cannot be made yet, or another instance leads.
     *
     * @param live the live generation; null if it does not run here
     * @param to the generation that becomes live; null if it does not run here
     * @param isFromGone whether the generation that was live has stopped, and answers no read
     */
    @Nullable
    UnaryOperator<Generations> next(
            Board board, @Nullable Side live, @Nullable Side from, @Nullable Side to, boolean isFromGone) {
        Change change = Objects.requireNonNull(board.generations()).change();
        if (change == null) {
            return null;
        }
        if (change.phase() == Phase.REQUESTED && change.kind() == Change.Kind.REBUILD) {
            return created(change, live);
        }
        if (!leads(to)) {
            return null;
        }
        boolean isLate = isLate(change);
        return switch (change.phase()) {
            case REQUESTED -> Generations::holding; // a rollback
            case COUNTING -> to == null || !hasCaughtUp(to, change) ? null : next(change);
            case HOLDING -> held(change, board.notes(), isLate);
            case COMPARING -> compared(change, board.notes());
            case STOPPING -> stopped(change, board.notes(), from, to, isLate);
            case MOVING -> isFromGone || isMoved(change, board.notes(), from) ? Generations::finished : null;
            case REFUSED -> null;
        };
    }

    private static boolean leads(@Nullable Side leader) {
        return leader != null && leader.applied(0) != null && leader.runtime().isMember();
    }

    /** The new generation of a rebuild, created by an instance that counts with the format of its state. */
    private @Nullable UnaryOperator<Generations> created(Change change, @Nullable Side live) {
        if (change.format() != StateParameters.FORMAT) {
            return null;
        }
        Instant now = Instant.now();
        if (leads(live)) {
            return begun(
                    beginnings.of(change.to()), parameters -> generations -> generations.counting(parameters, now));
        }
        String replaced = Generations.applicationId(change.from());
        if (!replacement.isDue(replaced)) {
            return null;
        }
        Beginning beginning =
                beginnings.of(change.to()); // may take long: only then it is known where the old one has ended
        Replacement.Step step = replacement.step(replaced, now);
        return step == null ? null : begun(beginning, step);
    }

    private static UnaryOperator<Generations> begun(Beginning beginning, Replacement.Step step) {
        return beginning instanceof Beginning.Refused refused
                ? generations -> generations.refused(refused.sentence(), List.of())
                : step.with(((Beginning.Counts) beginning).parameters());
    }

    private static UnaryOperator<Generations> next(Change counted) {
        return counted.isReplacement() ? Generations::replaced : Generations::holding;
    }

    private boolean isLate(Change change) {
        Change before = seen;
        if (before == null || before.phase() != change.phase() || before.round() != change.round()) {
            seen = change;
            seenNanos = System.nanoTime();
        }
        return System.nanoTime() - seenNanos > STOP_MAX.toNanos();
    }

    private boolean hasCaughtUp(Side to, Change change) {
        long[] ends = Answers.await(to.runtime().readableEnds());
        long[] committed = Answers.await(to.runtime().committedOffsets());
        if (ends == null || committed == null) {
            return false;
        }
        long lag = 0;
        long end = 0;
        for (int partition = 0; partition < partitions; partition++) {
            lag += Math.max(0, ends[partition] - committed[partition]);
            end += ends[partition];
        }
        double inTime = rate.of(end) * LAG_TIME_MAX.toMillis() / 1_000;
        return change.isReplacement()
                ? lag <= inTime && hasPassed(committed, change.feedsAfter())
                : lag <= Math.max(LAG_MAX, inTime);
    }

    /** Whether everything is counted that readers and consumers of the feeds may have seen of the generation that is replaced. */
    private static boolean hasPassed(long[] committed, List<Long> offsets) {
        for (int partition = 0; partition < committed.length; partition++) {
            if (committed[partition] <= offsets.get(partition)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable UnaryOperator<Generations> held(Change change, Map<String, String> notes, boolean isLate) {
        if (all(change, notes, partition -> Note.stopped(change.to(), partition))) {
            return change.isCompared() ? Generations::stopping : Generations::comparing;
        }
        return isLate ? Generations::again : null;
    }

    private @Nullable UnaryOperator<Generations> compared(Change change, Map<String, String> notes) {
        Comparison comparison = Comparison.of(change, notes, partitions);
        if (comparison == null) {
            return null;
        }
        if (!comparison.isComparable()) {
            return Generations::again;
        }
        if (comparison.isEqual() || change.acceptDifferences()) {
            return generations -> generations.compared(comparison.outcome(), comparison.differences());
        }
        return change.buckets().isEmpty()
                ? generations -> generations.listing(comparison.toList())
                : generations -> generations.refused(comparison.outcome(), comparison.differences());
    }

    /** Both generations have committed exactly the events up to where they stopped, so the feeds of the old one are complete. */
    private @Nullable UnaryOperator<Generations> stopped(
            Change change, Map<String, String> notes, @Nullable Side from, @Nullable Side to, boolean isLate) {
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Long offset = Note.offset(change, notes, Note.stopped(change.from(), partition));
            if (offset == null) {
                return isLate ? Generations::again : null;
            }
            offsets.add(offset);
        }
        boolean isCommitted = from != null && to != null && isCommitted(from, offsets) && isCommitted(to, offsets);
        if (isCommitted) {
            return generations -> generations.moving(offsets);
        }
        return isLate ? Generations::again : null;
    }

    private static boolean isCommitted(Side side, List<Long> offsets) {
        long[] committed = Answers.await(side.runtime().committedOffsets());
        if (committed == null) {
            return false;
        }
        for (int partition = 0; partition < committed.length; partition++) {
            if (committed[partition] != offsets.get(partition) + 1) {
                return false;
            }
        }
        return true;
    }

    /** A partition of the old generation that has no owner is answered by none. Its next owner knows that it is not live. */
    private boolean isMoved(Change change, Map<String, String> notes, @Nullable Side from) {
        for (int partition = 0; partition < partitions; partition++) {
            boolean hasOwner =
                    from == null || from.runtime().owners().byPartition().containsKey(partition);
            if (hasOwner && Note.text(change, notes, Note.moved(partition)) == null) {
                return false;
            }
        }
        return true;
    }

    private boolean all(Change change, Map<String, String> notes, IntFunction<String> key) {
        for (int partition = 0; partition < partitions; partition++) {
            if (Note.text(change, notes, key.apply(partition)) == null) {
                return false;
            }
        }
        return true;
    }
}
