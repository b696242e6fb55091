package dev.tally.system.exact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.exact.StateAsked.Kind;
import dev.tally.system.harness.TallySystem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests histories, explanations and pages of the namespace that {@link ExactClient} writes to. */
final class StateQuestions {
    private static final int PAGES_MAX = 3;

    private final TallySystem system;
    private final Random random;
    private final Shown.ToClient shown;

    StateQuestions(TallySystem system, Random random, Shown.ToClient shown) {
        this.system = system;
        this.random = random;
        this.shown = shown;
    }

    /**
     * Sends one request, or requests several pages. Returns nothing if there is no answer.
     *
     * @param after a receipt that the answer has to reflect; empty for none
     */
    List<StateAsked> ask(CounterName counter, String after) {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 ->
                history(counter, after, List.of("minute", "hour", "day").get(random.nextInt(3)));
            case 3 -> ask(Kind.EXPLANATION, counter, "/v1/counters/" + counter.path() + "/explain?", after);
            case 4 -> pages(after);
            default -> ask(Kind.TOP, null, "/v1/counters/" + ExactClient.NAMESPACE + "?sort=-total&limit=20&", after);
        };
    }

    /** Requests the last hours and days of a counter, in three steps. */
    List<StateAsked> histories(CounterName counter, String after) {
        List<StateAsked> asked = new ArrayList<>();
        for (String step : List.of("minute", "hour", "day")) {
            asked.addAll(history(counter, after, step));
        }
        return asked;
    }

    /** Requests whole days, from the start of the day before yesterday: these hold every time that clients state. */
    private List<StateAsked> history(CounterName counter, String after, String step) {
        Instant today = Instant.ofEpochSecond(Math.floorDiv(Instant.now().getEpochSecond(), 86_400) * 86_400);
        Instant from = today.minus(Duration.ofDays(step.equals("minute") ? 1 : 2));
        Instant to = today.plus(Duration.ofDays(2));
        String path = "/v1/counters/" + counter.path() + "/history?step=" + step + "&from=" + from + "&to=" + to + "&";
        return ask(Kind.HISTORY, counter, path, after);
    }

    private List<StateAsked> pages(String after) {
        List<StateAsked> asked = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX && cursor != null; page++) {
            String path =
                    "/v1/counters/" + ExactClient.NAMESPACE + "?limit=" + (1 + random.nextInt(200)) + "&" + cursor;
            List<StateAsked> one = ask(Kind.LIST, null, path, after);
            asked.addAll(one);
            cursor = one.isEmpty() ? null : next(one.get(0).answer());
        }
        return asked;
    }

    private static @Nullable String next(Answer answer) {
        JsonNode next = answer.json().path("next");
        return next.isTextual() ? "cursor=" + next.asText() + "&" : null;
    }

    private List<StateAsked> ask(Kind kind, @Nullable CounterName counter, String path, String after) {
        String whole = after.isEmpty() ? path.substring(0, path.length() - 1) : path + "wait=5s&after=" + after;
        try {
            Answer answer = shown.of(counter, () -> Http.get(system.readUrl().resolve(whole)));
            return List.of(new StateAsked(kind, counter, whole, after, answer));
        } catch (IOException nobodyAnswered) {
            return List.of(); // the process was killed in the meantime
        }
    }
}
