package dev.tally.system.exact;

import dev.tally.system.client.Answer;
import dev.tally.system.client.Receipts;
import dev.tally.system.log.LogModel.EventOutcome;
import dev.tally.system.log.LoggedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every acknowledged event is in the log where its receipt says. An event without an attempt of unknown result is there
 * exactly once for each acknowledgment. The answer to every write that waited states correctly whether the event was a
 * duplicate.
 */
final class CountedOnce implements ExactGuarantee {
    private static final Set<Integer> STATUSES = Set.of(200, 202, 409, 503);

    @Override
    public List<String> violations(ExactRun run) {
        List<String> violations = new ArrayList<>();
        Map<String, LoggedEvent> places = new HashMap<>();
        Map<String, Integer> inLog = new HashMap<>();
        for (LoggedEvent event : run.log().events()) {
            places.put(event.receipt(), event);
            inLog.merge(event.key() + " " + event.id(), 1, Integer::sum);
        }
        Map<String, Integer> acknowledged = new HashMap<>();
        Map<String, Integer> unknown = new HashMap<>();
        for (Write.Attempt attempt : run.attempts()) {
            for (Write.Event event : attempt.write().events()) {
                String name = event.counter() + " " + event.id();
                acknowledged.merge(name, attempt.isAcknowledged() ? 1 : 0, Integer::sum);
                unknown.merge(name, attempt.isUnknown() ? 1 : 0, Integer::sum);
            }
            checkPlace(attempt, places, violations);
            checkAnswer(attempt, run, violations);
        }
        acknowledged.forEach((name, times) -> {
            int found = inLog.getOrDefault(name, 0);
            if (found < times || found > times + unknown.getOrDefault(name, 0)) {
                violations.add("CountedOnce: " + name + " was acknowledged " + times + " times, " + unknown.get(name)
                        + " more are unknown, and is in the log " + found + " times");
            }
        });
        return violations;
    }

    private static void checkPlace(Write.Attempt attempt, Map<String, LoggedEvent> places, List<String> violations) {
        if (attempt.receipt().isEmpty()) {
            return;
        }
        List<String> parts =
                Receipts.parse(attempt.receipt()).stream().map(Object::toString).toList();
        for (String part : parts) {
            LoggedEvent event = places.get(part);
            boolean found = event != null
                    && attempt.write().events().stream()
                            .anyMatch(sent -> event.key().equals(sent.counter().toString())
                                    && event.value() == sent.value()
                                    && String.valueOf(event.operation()).equals(sent.kind())
                                    && String.valueOf(event.id()).equals(String.valueOf(sent.id())));
            if (!found) {
                violations.add("CountedOnce: " + attempt + " names a place that holds " + event);
            }
        }
    }

    private static EventOutcome told(Answer answer) {
        if (answer.status() == 409) {
            return answer.code().equals("id_reused") ? EventOutcome.ID_REUSED : EventOutcome.OVERFLOW;
        }
        return answer.json().path("duplicate").asBoolean() ? EventOutcome.DUPLICATE : EventOutcome.APPLIED;
    }

    /** Checks the answers to writes that waited. */
    private static void checkAnswer(Write.Attempt attempt, ExactRun run, List<String> violations) {
        Answer answer = attempt.answer();
        if (answer != null && !STATUSES.contains(answer.status())) {
            violations.add("CountedOnce: " + attempt);
        }
        if (answer == null || (answer.status() != 200 && answer.status() != 409)) {
            return;
        }
        EventOutcome outcome = run.log().outcome(attempt.receipt());
        EventOutcome told = told(answer);
        if (outcome != told) {
            violations.add("CountedOnce: " + attempt + " was told " + told + " (expected: " + outcome + ")");
        }
        LoggedEvent first = run.log().reusedFrom(attempt.receipt());
        if (told == EventOutcome.ID_REUSED && first != null) {
            String detail = answer.json().path("detail").asText();
            String now = attempt.write().events().get(0).content();
            if (!detail.contains(" with " + first.content() + " at " + first.receipt() + ",")
                    || !detail.contains(" is " + now + " ")) {
                violations.add("CountedOnce: " + attempt + " (expected: " + first + " and " + now + ")");
            }
        }
        if (answer.status() == 200) {
            Write.Event event = attempt.write().events().get(0);
            var asOf = Receipts.parse(answer.json().path("asOf").path("receipt").asText())
                    .get(0);
            var expected = run.log().totalAt(event.counter(), asOf.offset());
            boolean right = answer.json().has("total")
                    ? expected.isPresent()
                            && expected.getAsLong()
                                    == answer.json().path("total").asLong()
                    : expected.isEmpty();
            if (!right) {
                violations.add("CountedOnce: " + attempt + " (expected there: " + expected + ")");
            }
        }
    }
}
