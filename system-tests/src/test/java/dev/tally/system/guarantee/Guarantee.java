package dev.tally.system.guarantee;

import java.util.ArrayList;
import java.util.List;

/** One guarantee of the system, which can be checked against a run. */
public interface Guarantee {
    int SHOWN_MAX = 20;

    /** One sentence for each violation. */
    List<String> violations(Run run);

    /** Fails with the violations, if there are any. */
    static void judge(Run run, Guarantee... guarantees) {
        List<String> all = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            String name = guarantee.getClass().getSimpleName();
            guarantee.violations(run).forEach(violation -> all.add(name + ": " + violation));
        }
        if (!all.isEmpty()) {
            throw new AssertionError(all.size() + " violations:\n"
                    + String.join("\n", all.subList(0, Math.min(SHOWN_MAX, all.size()))));
        }
    }
}
