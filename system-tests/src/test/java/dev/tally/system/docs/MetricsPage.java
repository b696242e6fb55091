package dev.tally.system.docs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Tally metrics that docs/metrics.md lists: the first column of its tables. */
public final class MetricsPage {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tally_[a-z_]+)` \\|");

    /** A row of a metric with one label that has a small fixed set of values. */
    private static final Pattern LABELED_ROW =
            Pattern.compile("(?m)^\\| `(tally_[a-z_]+)` \\| [a-z]+ \\| `(reason|outcome)` \\| (.*) \\|$");

    private static final Pattern VALUE = Pattern.compile("`([a-z_]+)`");

    private MetricsPage() {}

    /** The values that the page lists. The key is metric and label, as {@code tally_query_reads_total outcome}. */
    public static Map<String, Set<String>> labelValues() {
        Map<String, Set<String>> values = new TreeMap<>();
        LABELED_ROW
                .matcher(Pages.text(Pages.of("docs/metrics.md")))
                .results()
                .forEach(row -> values.put(
                        row.group(1) + " " + row.group(2),
                        VALUE.matcher(row.group(3))
                                .results()
                                .map(value -> value.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));
        return values;
    }

    public static Set<String> names() {
        return ROW.matcher(Pages.text(Pages.of("docs/metrics.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
