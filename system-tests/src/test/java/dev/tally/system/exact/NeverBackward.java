package dev.tally.system.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The receipts of a partition never go backward within one life of the process: every answer of an instance reflects
 * whatever an earlier answer of that instance has shown to the client, of whatever kind. Other guarantees judge each
 * answer by its receipt. Together they show that a counted hit is in the total, the history, the explanation and the
 * lists that are requested after it.
 */
final class NeverBackward implements ExactGuarantee {
    @Override
    public List<String> violations(ExactRun run) {
        List<String> violations = new ArrayList<>();
        for (List<Shown> client : run.shown()) {
            Map<Place, Shown> latest = new HashMap<>();
            for (Shown shown : client) {
                Map<Integer, Long> offsets = AskedReceipt.offsets(shown.answer());
                for (int partition : partitions(shown, run)) {
                    long offset = offsets.getOrDefault(partition, -1L);
                    Shown before = latest.put(new Place(shown.life(), partition), shown);
                    if (before != null && AskedReceipt.offsets(before.answer()).getOrDefault(partition, -1L) > offset) {
                        violations.add("NeverBackward: " + shown + " after " + before);
                    }
                }
            }
        }
        return violations;
    }

    private static List<Integer> partitions(Shown shown, ExactRun run) {
        return shown.counter() == null
                ? run.log().allPartitions()
                : List.of(run.log().partitionOf(shown.counter()));
    }

    private record Place(int life, int partition) {}
}
