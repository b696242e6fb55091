package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import dev.tally.streams.state.digest.BucketSums;
import dev.tally.streams.state.digest.DetailComparison;
import dev.tally.streams.state.digest.DigestComparison;
import dev.tally.streams.state.digest.StateDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The result of comparing the digests of all partitions.
 *
 * @param isComparable false if two digests are not as of the same event, so that they have to be taken again
 * @param counters the number of counters compared
 * @param buckets the buckets that differ in any partition
 * @param differences the counters that differ, as far as they are listed, one line each
 */
record Comparison(boolean isComparable, long counters, List<Long> buckets, List<String> differences) {
    private static final int SHOWN_MAX = 20;
    private static final int BUCKETS_MAX = 8;

    /** Null while a digest of this round is missing. */
    static @Nullable Comparison of(Change change, Map<String, String> notes, int partitions) {
        if (!isComplete(change, notes, partitions)) {
            return null;
        }
        long counters = 0;
        TreeSet<Long> buckets = new TreeSet<>();
        List<String> differences = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            StateDigest before = digest(change, notes, change.from(), partition);
            StateDigest after = digest(change, notes, change.to(), partition);
            DigestComparison compared = DigestComparison.of(before, asOf(before, after));
            if (compared.notComparable() != null) {
                return new Comparison(false, 0, List.of(), List.of());
            }
            counters += before.counters();
            compared.differing().forEach(bucket -> buckets.add(bucket.longValue()));
            if (!compared.isEqual()) {
                list(change, before, after, differences);
            }
        }
        return new Comparison(true, counters, List.copyOf(buckets), differences);
    }

    private static boolean isComplete(Change change, Map<String, String> notes, int partitions) {
        return IntStream.range(0, partitions)
                .allMatch(partition -> Note.text(change, notes, Note.digest(change.from(), partition)) != null
                        && Note.text(change, notes, Note.digest(change.to(), partition)) != null);
    }

    /** An empty state is the same as of every event: the beginning of the log was deleted, and nothing was appended since. */
    private static StateDigest asOf(StateDigest before, StateDigest after) {
        return after.offset() >= 0
                ? after
                : new StateDigest(
                        before.offset(),
                        before.streamTime(),
                        after.within(),
                        after.counters(),
                        after.deletedCounters(),
                        after.buckets(),
                        after.details());
    }

    private static StateDigest digest(Change change, Map<String, String> notes, String generation, int partition) {
        return DigestText.read(Objects.requireNonNull(Note.text(change, notes, Note.digest(generation, partition))));
    }

    private static void list(Change change, StateDigest before, StateDigest after, List<String> differences) {
        for (DetailComparison.Difference each :
                DetailComparison.of(before.details(), after.details()).shown()) {
            if (differences.size() < SHOWN_MAX) {
                differences.add(each.key() + "  " + change.from() + ": " + text(each.here()) + "  " + change.to() + ": "
                        + text(each.there()));
            }
        }
    }

    private static String text(@Nullable String counter) {
        return counter == null ? "unknown" : counter;
    }

    boolean isEqual() {
        return buckets.isEmpty();
    }

    /** The buckets whose counters are to be listed. */
    List<Long> toList() {
        return buckets.subList(0, Math.min(buckets.size(), BUCKETS_MAX));
    }

    String outcome() {
        return isEqual()
                ? counters + " counters agree"
                : "the counters of " + buckets.size() + " of " + BucketSums.BUCKETS + " groups differ, of " + counters
                        + " counters";
    }
}
