package dev.tally.streams.state.digest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of two digests.
 *
 * @param notComparable why the digests say nothing of each other, for example that they are not as of the same record; null if they
 *     are comparable
 * @param differing the buckets that differ, in ascending order
 */
public record DigestComparison(@Nullable String notComparable, List<Integer> differing) {
    public DigestComparison {
        differing = List.copyOf(differing);
    }

    public static DigestComparison of(StateDigest here, StateDigest there) {
        if (here.within() != there.within()) {
            return new DigestComparison(
                    "digests of different counters: within " + here.within() + " and within " + there.within(),
                    List.of());
        }
        if (here.offset() != there.offset() || here.streamTime() != there.streamTime()) {
            return new DigestComparison(
                    "digests as of different records: " + position(here) + " and " + position(there), List.of());
        }
        List<Integer> differing = new ArrayList<>();
        for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
            if (!here.buckets().of(bucket).equals(there.buckets().of(bucket))) {
                differing.add(bucket);
            }
        }
        return new DigestComparison(null, differing);
    }

    /** Whether the states are equal. */
    public boolean isEqual() {
        return notComparable == null && differing.isEmpty();
    }

    private static String position(StateDigest digest) {
        return "offset " + digest.offset() + " at stream time " + digest.streamTime();
    }
}
