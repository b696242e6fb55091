package dev.tally.system.guarantee;

import dev.tally.Operation;
import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Hit;
import dev.tally.system.log.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every acknowledged hit is in the log exactly once, at the place that its receipt names, with the content that was sent.
 * Every final total is the exact count of the whole log.
 */
public final class AcknowledgedIsCounted implements Guarantee {
    @Override
    public List<String> violations(Run run) {
        List<String> violations = new ArrayList<>();
        EventsByToken events = new EventsByToken(run.log());
        for (Written written : run.writes()) {
            if (written.outcome() == Written.Outcome.ACKNOWLEDGED) {
                checkRecorded(written, events, violations);
            }
        }
        run.finals().forEach(read -> checkFinal(read, run, violations));
        return violations;
    }

    private static void checkRecorded(Written written, EventsByToken events, List<String> violations) {
        Map<Integer, Long> highest = new TreeMap<>();
        for (Hit hit : written.hits()) {
            List<LoggedEvent> found = events.of(hit.token());
            if (found.size() != 1) {
                violations.add(hit + " was acknowledged and is in the log " + found.size() + " times");
                return;
            }
            LoggedEvent event = found.get(0);
            if (event.operation() != Operation.ADD
                    || event.value() != hit.delta()
                    || !event.key().equals(hit.counter().toString())) {
                violations.add(hit + " was acknowledged and recorded as " + event);
            }
            highest.merge(event.partition(), event.offset(), Math::max);
        }
        String expected = highest.entrySet().stream()
                .map(each -> each.getKey() + "-" + each.getValue())
                .collect(Collectors.joining(","));
        String receipt =
                written.receipts().stream().map(AcknowledgedIsCounted::shown).collect(Collectors.joining(","));
        if (!receipt.equals(expected)) {
            violations.add("the receipt " + receipt + " names another place than " + expected + " of "
                    + written.hits().get(0));
        }
    }

    private static void checkFinal(CounterRead read, Run run, List<String> violations) {
        OptionalLong expected = run.log().total(read.counter());
        boolean right =
                expected.isPresent() ? read.total() != null && read.total() == expected.getAsLong() : read.isUnknown();
        if (!right) {
            violations.add("in the end " + read + " (expected: " + expected + ")");
        }
    }

    private static String shown(Receipt receipt) {
        return receipt.partition() + "-" + receipt.offset();
    }
}
