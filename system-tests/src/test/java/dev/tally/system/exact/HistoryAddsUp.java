package dev.tally.system.exact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.system.log.CounterPast;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every bucket of every history is the sum that the log added in it up to the receipt. Buckets of zero are included and
 * no bucket is missing. For one counter at one receipt, the minutes of an hour add up to the hour and the hours of a day
 * to the day.
 */
final class HistoryAddsUp implements ExactGuarantee {
    private static final Map<String, Duration> STEPS =
            Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));

    @Override
    public List<String> violations(ExactRun run) {
        Judge judge = new Judge(run);
        run.asked().stream()
                .filter(asked -> asked.kind() == StateAsked.Kind.HISTORY && asked.isGiven())
                .forEach(judge::check);
        judge.compare();
        return judge.violations;
    }

    private static final class Judge {
        private final ExactRun run;
        private final List<String> violations = new ArrayList<>();
        /** By counter, receipt and hour or day: the sum that each step states. */
        private final Map<String, Map<String, BigInteger>> sums = new HashMap<>();

        /** The histories that the sums already include. */
        private final Set<String> summed = new HashSet<>();

        private Judge(ExactRun run) {
            this.run = run;
        }

        private void check(StateAsked asked) {
            String step = asked.answer().json().path("step").asText();
            checkBuckets(asked, step, summed.add(asked.counter() + step + AskedReceipt.offsets(asked.answer())));
        }

        /** @param first whether this is the first history of this step and counter as of this receipt */
        private void checkBuckets(StateAsked asked, String step, boolean first) {
            JsonNode json = asked.answer().json();
            Map<Integer, Long> offsets = AskedReceipt.offsets(asked.answer());
            int partition = run.log().partitionOf(asked.counter());
            CounterPast past = run.log().past(asked.counter(), offsets.getOrDefault(partition, -1L));
            long millis = STEPS.get(step).toMillis();
            long start = Instant.parse(json.path("from").asText()).toEpochMilli();
            for (JsonNode bucket : json.path("buckets")) {
                BigInteger expected = past.added(start, start + millis);
                BigInteger delta = bucket.path("delta").bigIntegerValue();
                if (Instant.parse(bucket.path("start").asText()).toEpochMilli() != start || !delta.equals(expected)) {
                    violations.add("HistoryAddsUp: " + asked + ": " + bucket + " (expected: " + expected + " from "
                            + Instant.ofEpochMilli(start) + ")");
                }
                if (first) {
                    addTo(asked, offsets, step, start, delta);
                }
                start += millis;
            }
            if (!Instant.ofEpochMilli(start)
                            .equals(Instant.parse(json.path("to").asText()))
                    || !past.exists()) {
                violations.add("HistoryAddsUp: " + asked
                        + " (expected: buckets up to its end, of a counter that exists: " + past.exists() + ")");
            }
        }

        private void addTo(StateAsked asked, Map<Integer, Long> offsets, String step, long start, BigInteger delta) {
            String what = asked.counter() + " at " + offsets + " from ";
            if (!step.equals("day")) {
                long hour = Math.floorDiv(start, STEPS.get("hour").toMillis());
                add(what + "hour " + hour, step, delta);
            }
            if (!step.equals("minute")) {
                long day = Math.floorDiv(start, STEPS.get("day").toMillis());
                add(what + "day " + day, step, delta);
            }
        }

        private void add(String what, String step, BigInteger delta) {
            sums.computeIfAbsent(what, unused -> new HashMap<>()).merge(step, delta, BigInteger::add);
        }

        private void compare() {
            sums.forEach((what, byStep) -> {
                if (byStep.values().stream().distinct().count() > 1) {
                    violations.add("HistoryAddsUp: " + what + " is " + byStep);
                }
            });
        }
    }
}
