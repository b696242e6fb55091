package dev.tally.system.guarantee;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.CounterRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The answer "unknown" or a total of zero is given only for a counter that is unknown or zero at the stated receipt. A
 * counter that no client deletes, once found at a receipt, is not unknown at that receipt or a later one.
 */
public final class NeverAWrongZero implements Guarantee {
    @Override
    public List<String> violations(Run run) {
        List<String> violations = new ArrayList<>();
        Map<CounterName, Long> foundAt = new HashMap<>();
        for (Observed observed : run.reads()) {
            CounterRead read = observed.read();
            if (read.isFound() && read.receipt() != null) {
                foundAt.merge(read.counter(), read.receipt().offset(), Math::min);
            }
        }
        run.log().events().stream()
                .filter(event -> event.operation() == Operation.DELETE)
                .forEach(event ->
                        foundAt.keySet().removeIf(counter -> counter.toString().equals(event.key())));
        for (Observed observed : run.reads()) {
            CounterRead read = observed.read();
            long offset = offset(read.receipt());
            OptionalLong there = offset < 0 ? OptionalLong.empty() : run.log().totalAt(read.counter(), offset);
            if (read.isUnknown()
                    && (there.isPresent() || offset >= foundAt.getOrDefault(read.counter(), Long.MAX_VALUE))) {
                violations.add(read + " in life " + observed.life() + ", where it is " + there);
            } else if (read.isFound() && read.total() != null && read.total() == 0 && there.orElse(-1) != 0) {
                violations.add(read + " in life " + observed.life() + ", where it is " + there);
            }
        }
        return violations;
    }

    private static long offset(@org.jspecify.annotations.Nullable Receipt receipt) {
        return receipt == null ? -1 : receipt.offset();
    }
}
