package dev.tally.system;

import dev.tally.system.guarantee.Observed;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.Written;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats the figures of a run as one line. */
final class Figures {
    private Figures() {}

    static String of(Run run) {
        Map<String, Long> writes = run.writes().stream()
                .collect(Collectors.groupingBy(
                        written -> written.code().isEmpty() ? "202" : written.code(),
                        TreeMap::new,
                        Collectors.counting()));
        Map<String, Long> reads = run.reads().stream()
                .map(Observed::read)
                .collect(Collectors.groupingBy(
                        read -> read.code().isEmpty() ? "200" : read.code(), TreeMap::new, Collectors.counting()));
        long acknowledgedHits = run.writes().stream()
                .filter(written -> written.outcome() == Written.Outcome.ACKNOWLEDGED)
                .mapToLong(written -> written.hits().size())
                .sum();
        Duration longest = run.writes().stream()
                .map(Written::took)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return "writes " + writes + " (" + acknowledgedHits + " hits acknowledged, longest answer " + longest.toMillis()
                + " ms), reads " + reads + ", log " + run.log().events().size() + " events";
    }
}
