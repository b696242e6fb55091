package dev.tally.streams.state.digest;

import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of two lists of counters. If a list is incomplete, only counters up to its last one are compared.
 *
 * @param shown the first differences in the order of the keys, at most {@value #SHOWN_MAX}
 * @param differences the number of all differences
 * @param complete false if a list was incomplete, so that there may be more differences after the last compared counter
 */
public record DetailComparison(List<Difference> shown, int differences, boolean complete) {
    public static final int SHOWN_MAX = 20;

    private static final Comparator<String> BY_BYTES =
            Comparator.comparing((String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /**
     * A counter that differs. At most one of the texts is null.
     *
     * @param here null if the counter is only there
     * @param there null if the counter is only here
     */
    public record Difference(
            String key, @Nullable String here, @Nullable String there) {
        @Override
        public String toString() {
            if (there == null) {
                return key + " only here: " + here;
            }
            return here == null ? key + " only there: " + there : key + " here: " + here + "; there: " + there;
        }
    }

    public DetailComparison {
        shown = List.copyOf(shown);
    }

    public static DetailComparison of(CounterDetails here, CounterDetails there) {
        TreeMap<String, Difference> all = new TreeMap<>(BY_BYTES);
        for (CounterDetail counter : here.counters()) {
            all.put(counter.key(), new Difference(counter.key(), counter.text(), null));
        }
        for (CounterDetail counter : there.counters()) {
            all.merge(
                    counter.key(),
                    new Difference(counter.key(), null, counter.text()),
                    (before, now) -> new Difference(before.key, before.here, now.there));
        }
        List<Difference> shown = new ArrayList<>();
        int differences = 0;
        for (Difference each : all.values()) {
            boolean compared = isListed(each.key, here) && isListed(each.key, there);
            if (compared && (each.here == null || !each.here.equals(each.there))) {
                differences++;
                if (shown.size() < SHOWN_MAX) {
                    shown.add(each);
                }
            }
        }
        return new DetailComparison(shown, differences, here.complete() && there.complete());
    }

    /** Whether the list would contain the counter if it was in that state. */
    private static boolean isListed(String key, CounterDetails list) {
        if (list.complete()) {
            return true;
        }
        List<CounterDetail> counters = list.counters();
        return !counters.isEmpty()
                && BY_BYTES.compare(key, counters.get(counters.size() - 1).key()) <= 0;
    }
}
