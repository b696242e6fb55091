package dev.tally.schemas.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of the live generation.
 *
 * @param kind why it is made
 * @param from the generation that was live when it was requested
 * @param to the generation that becomes live
 * @param phase how far it is
 * @param round the number of the round that began when the new generation was last stopped; a note of another round is void
 * @param acceptDifferences whether the switch follows although the comparison finds differences
 * @param buckets the buckets of the digests whose counters are to be listed, because they differed; empty at first
 * @param outcome the result of the comparison, or why the change was refused; null before there is one
 * @param differences the first differences that the comparison found, one line each
 */
public record Change(
        Kind kind,
        String from,
        String to,
        Phase phase,
        long round,
        boolean acceptDifferences,
        List<Long> buckets,
        @Nullable String outcome,
        List<String> differences) {
    /** Why a generation becomes live. */
    public enum Kind {
        /** It was counted from the log. */
        REBUILD,
        /** It was live before. */
        ROLLBACK
    }

    public Change {
        buckets = List.copyOf(buckets);
        differences = List.copyOf(differences);
    }

    static Change requested(Kind kind, String from, String to, boolean acceptDifferences) {
        return new Change(kind, from, to, Phase.REQUESTED, 0, acceptDifferences, List.of(), null, List.of());
    }

    Change in(Phase next) {
        return new Change(kind, from, to, next, round, acceptDifferences, buckets, outcome, differences);
    }

    Change ofRound(long number) {
        return new Change(kind, from, to, phase, number, acceptDifferences, buckets, outcome, differences);
    }

    Change accepting() {
        return new Change(kind, from, to, phase, round, true, buckets, outcome, differences);
    }

    Change listing(List<Long> differing) {
        return new Change(kind, from, to, phase, round, acceptDifferences, differing, outcome, differences);
    }

    Change with(@Nullable String result, List<String> found) {
        return new Change(kind, from, to, phase, round, acceptDifferences, buckets, result, found);
    }

    /** Whether the states need no comparison, or it was made. */
    public boolean isCompared() {
        return kind == Kind.ROLLBACK || outcome != null;
    }
}
