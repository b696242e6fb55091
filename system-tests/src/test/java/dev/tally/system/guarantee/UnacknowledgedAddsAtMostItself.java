package dev.tally.system.guarantee;

import dev.tally.system.client.Hit;
import java.util.ArrayList;
import java.util.List;

/**
 * A hit without an answer, or answered with {@code unconfirmed}, is in the log at most once. A refused hit is not in the
 * log.
 */
public final class UnacknowledgedAddsAtMostItself implements Guarantee {
    @Override
    public List<String> violations(Run run) {
        List<String> violations = new ArrayList<>();
        EventsByToken events = new EventsByToken(run.log());
        for (Written written : run.writes()) {
            int most = switch (written.outcome()) {
                case ACKNOWLEDGED, UNKNOWN -> 1;
                case REFUSED, UNEXPECTED -> 0;
            };
            for (Hit hit : written.hits()) {
                int times = events.of(hit.token()).size();
                if (times > most) {
                    violations.add(hit + " was answered with " + written.outcome() + " " + written.code()
                            + " and is in the log " + times + " times");
                }
            }
        }
        return violations;
    }
}
