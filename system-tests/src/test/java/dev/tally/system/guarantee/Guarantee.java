package dev.tally.system.guarantee;

import java.util.ArrayList;
import java.util.List;

/** One promise of the system, able to judge a run. */
public interface Guarantee {
    int SHOWN_MAX = 20;

    /** One sentence for each time that the promise was broken. */
    List<String> violations(Run run);

    /** Fails with what was broken, if anything was. */
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
