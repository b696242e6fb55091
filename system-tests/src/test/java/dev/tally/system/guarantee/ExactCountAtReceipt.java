package dev.tally.system.guarantee;

import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.CounterRead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Every total, and every answer that a counter is unknown, is the exact count of its partition up to its receipt. */
public final class ExactCountAtReceipt implements Guarantee {
    @Override
    public List<String> violations(Run run) {
        List<String> violations = new ArrayList<>();
        Stream.concat(run.reads().stream().map(Observed::read), run.finals().stream())
                .filter(read -> read.isFound() || read.isUnknown())
                .forEach(read -> check(read, run, violations));
        return violations;
    }

    private static void check(CounterRead read, Run run, List<String> violations) {
        Receipt receipt = read.receipt();
        if (receipt != null && receipt.partition() != run.log().partitionOf(read.counter())) {
            violations.add(read + " states a receipt of another partition");
            return;
        }
        OptionalLong expected =
                receipt == null ? OptionalLong.empty() : run.log().totalAt(read.counter(), receipt.offset());
        OptionalLong stated = read.total() == null ? OptionalLong.empty() : OptionalLong.of(read.total());
        if (!stated.equals(expected)) {
            violations.add(read + " (expected there: " + expected + ")");
        }
    }
}
