package dev.tally.system.guarantee;

import dev.tally.system.client.CounterRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every answer is one that the contract specifies for the situation, and arrives within a bounded time. */
public final class HonestAnswers implements Guarantee {
    private final Set<String> writeCodes;
    private final Set<String> readCodes;
    private final Duration tookMax;

    /**
     * @param writeCodes the codes that a write may be refused with; {@code not_sent} and {@code no_answer} if a process
     *     is killed
     * @param readCodes the codes that a read may be refused with, in addition to {@code unknown_counter}
     */
    public HonestAnswers(Set<String> writeCodes, Set<String> readCodes, Duration tookMax) {
        this.writeCodes = writeCodes;
        this.readCodes = readCodes;
        this.tookMax = tookMax;
    }

    @Override
    public List<String> violations(Run run) {
        List<String> violations = new ArrayList<>();
        for (Written written : run.writes()) {
            boolean expected = written.outcome() == Written.Outcome.ACKNOWLEDGED || writeCodes.contains(written.code());
            if (!expected || written.took().compareTo(tookMax) > 0) {
                violations.add("a write of " + written.hits().size() + " was answered with " + written.outcome() + " "
                        + written.code() + " after " + written.took().toMillis() + " ms");
            }
        }
        for (Observed observed : run.reads()) {
            CounterRead read = observed.read();
            boolean expected = read.isFound() || read.isUnknown() || readCodes.contains(read.code());
            if (!expected || observed.took().compareTo(tookMax) > 0) {
                violations.add("a read was answered with " + read + " after "
                        + observed.took().toMillis() + " ms");
            }
        }
        return violations;
    }
}
