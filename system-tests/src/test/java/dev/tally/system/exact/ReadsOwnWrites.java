package dev.tally.system.exact;

import dev.tally.system.client.CounterRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A read after a receipt reflects it, or says that it cannot yet. */
final class ReadsOwnWrites {
    /** What a read may be answered while the system is killed again and again. */
    private static final Set<String> NOT_NOW = Set.of("not_yet_counted", "not_ready");

    private ReadsOwnWrites() {}

    static List<String> violations(ExactRun run) {
        List<String> violations = new ArrayList<>();
        for (Read each : run.reads()) {
            CounterRead read = each.read();
            if (read.isFound() || read.isUnknown()) {
                if (!each.reflectsIt()) {
                    violations.add("ReadsOwnWrites: " + read + " after " + each.after());
                }
            } else if (!NOT_NOW.contains(read.code())) {
                violations.add("ReadsOwnWrites: " + read + " after " + each.after());
            }
        }
        return violations;
    }
}
