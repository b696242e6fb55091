package dev.tally.system.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics of ours that docs/metrics.md lists: the first column of its tables. */
public final class MetricsPage {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tally_[a-z_]+)` \\|");

    private MetricsPage() {}

    public static Set<String> names() {
        return ROW.matcher(Pages.text(Pages.of("docs/metrics.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
