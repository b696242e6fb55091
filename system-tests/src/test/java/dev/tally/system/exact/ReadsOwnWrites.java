package dev.tally.system.exact;

import dev.tally.system.client.CounterRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A read after a receipt reflects the receipt, or is refused because it cannot reflect it yet. */
final class ReadsOwnWrites implements ExactGuarantee {
    /** The codes that a read may be refused with while the system is killed repeatedly. */
    private static final Set<String> NOT_NOW = Set.of("not_yet_counted", "not_ready", "incomplete");

    @Override
    public List<String> violations(ExactRun run) {
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
        for (StateAsked asked : run.asked()) {
            boolean isUnknown = asked.answer().code().equals("unknown_counter");
            if (!asked.isGiven() && !isUnknown) {
                if (!NOT_NOW.contains(asked.answer().code())) {
                    violations.add("ReadsOwnWrites: " + asked);
                }
            } else if (!AskedReceipt.reflects(asked.after(), asked.answer(), partitions(asked, run))) {
                violations.add("ReadsOwnWrites: " + asked + " after " + asked.after());
            } else if (isUnknown && exists(asked, run)) {
                violations.add("ReadsOwnWrites: " + asked + ", which exists there");
            }
        }
        return violations;
    }

    /** A page answers for all partitions. */
    private static List<Integer> partitions(StateAsked asked, ExactRun run) {
        return asked.counter() == null
                ? run.log().allPartitions()
                : List.of(run.log().partitionOf(asked.counter()));
    }

    private static boolean exists(StateAsked asked, ExactRun run) {
        int partition = run.log().partitionOf(asked.counter());
        long offset = AskedReceipt.offsets(asked.answer()).getOrDefault(partition, -1L);
        return run.log().totalAt(asked.counter(), offset).isPresent();
    }
}
