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
 * @param format the format of the state of the generation that becomes live
 * @param feedsAfter by partition, the last offset for which the other generation wrote the feeds, if its state cannot be used: the
 *     new one then feeds the later events while it counts, and is not compared. Empty otherwise
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
        long format,
        List<Long> feedsAfter,
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
        feedsAfter = List.copyOf(feedsAfter);
        buckets = List.copyOf(buckets);
        differences = List.copyOf(differences);
    }

    static Change requested(Kind kind, String from, String to, boolean acceptDifferences, long format) {
        return new Change(
                kind, from, to, Phase.REQUESTED, 0, acceptDifferences, format, List.of(), List.of(), null, List.of());
    }

    Change in(Phase next) {
        return with(next, round, acceptDifferences, feedsAfter, buckets, outcome, differences);
    }

    Change ofRound(long number) {
        return with(phase, number, acceptDifferences, feedsAfter, buckets, outcome, differences);
    }

    Change accepting() {
        return with(phase, round, true, feedsAfter, buckets, outcome, differences);
    }

    Change feedingAfter(List<Long> offsets) {
        return with(phase, round, acceptDifferences, offsets, buckets, outcome, differences);
    }

    Change listing(List<Long> differing) {
        return with(phase, round, acceptDifferences, feedsAfter, differing, outcome, differences);
    }

    Change with(@Nullable String result, List<String> found) {
        return with(phase, round, acceptDifferences, feedsAfter, buckets, result, found);
    }

    private Change with(
            Phase itsPhase,
            long itsRound,
            boolean accepts,
            List<Long> feeds,
            List<Long> listed,
            @Nullable String result,
            List<String> found) {
        return new Change(kind, from, to, itsPhase, itsRound, accepts, format, feeds, listed, result, found);
    }

    /** Whether the new generation replaces one whose state cannot be used. */
    public boolean isReplacement() {
        return !feedsAfter.isEmpty();
    }

    /** Whether the states need no comparison, or it was made. */
    public boolean isCompared() {
        return kind == Kind.ROLLBACK || outcome != null;
    }
}
