package dev.tally.system.exact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.system.exact.StateAsked.Kind;
import dev.tally.system.log.CounterPast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** Every page, every list of the largest totals and every explanation matches the log as of its receipt and is complete. */
final class ExactPages implements ExactGuarantee {
    private final List<CounterName> counters;

    /** @param counters all counters that any client writes to, of one namespace */
    ExactPages(List<CounterName> counters) {
        this.counters = List.copyOf(counters);
    }

    @Override
    public List<String> violations(ExactRun run) {
        Judge judge = new Judge(run, counters);
        for (StateAsked asked : run.asked()) {
            if (asked.isGiven() && asked.kind() == Kind.EXPLANATION) {
                judge.checkExplanation(asked);
            } else if (asked.isGiven() && asked.kind() != Kind.HISTORY) {
                judge.checkPage(asked);
            }
        }
        return judge.violations;
    }

    private record Counted(String name, long total) {}

    private static final class Judge {
        private final ExactRun run;
        private final List<CounterName> counters;
        private final List<String> violations = new ArrayList<>();

        private Judge(ExactRun run, List<CounterName> counters) {
            this.run = run;
            this.counters = counters;
        }

        private void checkPage(StateAsked asked) {
            Map<Integer, Long> offsets = AskedReceipt.offsets(asked.answer());
            List<Counted> all = new ArrayList<>();
            for (CounterName counter : counters) {
                long offset = offsets.getOrDefault(run.log().partitionOf(counter), -1L);
                OptionalLong total = run.log().totalAt(counter, offset);
                total.ifPresent(there -> all.add(new Counted(counter.counter(), there)));
            }
            Comparator<Counted> byName = Comparator.comparing(Counted::name); // all names are ASCII
            all.sort(
                    asked.kind() == Kind.TOP
                            ? Comparator.comparingLong(Counted::total)
                                    .reversed()
                                    .thenComparing(byName)
                            : byName);
            List<Counted> seen = StreamSupport.stream(
                            asked.answer().json().path("counters").spliterator(), false)
                    .map(Judge::counted)
                    .toList();
            boolean ends = asked.answer().json().path("next").isNull();
            int start = seen.isEmpty() || asked.kind() == Kind.TOP ? 0 : all.indexOf(seen.get(0));
            List<Counted> expected =
                    start < 0 ? List.of() : all.subList(start, Math.min(all.size(), start + seen.size()));
            boolean wholeList = asked.kind() == Kind.TOP || !ends || start + seen.size() == all.size();
            if (!seen.equals(expected) || !wholeList) {
                violations.add("ExactPages: " + asked + " (expected: " + expected + ")");
            }
        }

        private static Counted counted(JsonNode entry) {
            return new Counted(
                    entry.path("counter").asText(), entry.path("total").longValue());
        }

        private void checkExplanation(StateAsked asked) {
            CounterName counter = asked.counter();
            long offset =
                    AskedReceipt.offsets(asked.answer()).getOrDefault(run.log().partitionOf(counter), -1L);
            CounterPast past = run.log().past(counter, offset);
            JsonNode json = asked.answer().json();
            List<Object> seen = List.of(
                    json.path("total").longValue(),
                    json.path("adds").longValue(),
                    json.path("sets").longValue(),
                    json.path("deletes").longValue(),
                    json.path("duplicates").longValue(),
                    json.path("events").longValue(),
                    json.path("first").path("receipt").asText(),
                    json.path("last").path("receipt").asText());
            List<Object> expected = List.of(
                    run.log().totalAt(counter, offset).orElse(-1),
                    past.adds(),
                    past.sets(),
                    past.deletes(),
                    past.duplicates(),
                    past.adds() + past.sets() + past.deletes() + past.duplicates(),
                    String.valueOf(past.first()),
                    String.valueOf(past.last()));
            if (!seen.equals(expected)) {
                violations.add("ExactPages: " + asked + " (expected: " + expected + ")");
            }
        }
    }
}
