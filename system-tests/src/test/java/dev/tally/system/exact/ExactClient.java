package dev.tally.system.exact;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Http;
import dev.tally.system.harness.TallySystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A client that adds, sets and deletes, singly and in batches, with and without waiting. It sends a third of its writes
 * again, at once or much later, and always if it got no answer. It sometimes reuses an ID of its own for another event.
 * It reads its own writes and records every attempt and answer. For one thread.
 */
final class ExactClient {
    static final String NAMESPACE = "exact";
    private static final int BATCH_MAX = 120;
    private static final int LATER_MAX = 200;
    private static final int REUSED_OF = 50;
    private static final double SKEW = 3;

    private final TallySystem system;
    private final Random random;
    private final String name;
    private final int counters;
    private final List<Write> later = new ArrayList<>();
    /** Some of the events that were sent singly with an ID. */
    private final List<Write.Event> named = new ArrayList<>();

    private int sent;

    final List<Write.Attempt> attempts = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    final List<StateAsked> asked = new ArrayList<>();
    final Shown.ToClient shown;

    ExactClient(TallySystem system, Lives lives, int number, int counters, long seed) {
        this.system = system;
        this.random = new Random(seed + number);
        this.name = "c" + number;
        this.counters = counters;
        this.shown = new Shown.ToClient(lives);
    }

    static List<CounterName> names(int counters) {
        List<CounterName> names = new ArrayList<>();
        for (int i = 0; i < counters; i++) {
            names.add(CounterName.of(NAMESPACE, "counter-" + i));
        }
        return names;
    }

    /**
     * Sends one request to write and the requests that follow from it. Returns how many events it may have added to the
     * log.
     */
    int step() {
        boolean again = !later.isEmpty() && (later.size() > LATER_MAX || random.nextInt(4) == 0);
        Write write = again ? later.remove(random.nextInt(later.size())) : compose();
        Write.Attempt attempt = send(write);
        if (write.isRepeatable() && (attempt.answer() == null || random.nextInt(3) == 0)) {
            later.add(write);
            if (random.nextBoolean()) {
                send(later.remove(later.size() - 1)); // retried at once
            }
        }
        if (attempt.isAcknowledged() && random.nextInt(3) == 0) {
            readBack(attempt, attempt.receipt());
        }
        // This answer also reflects whatever an earlier answer has shown, such as the answer to a write that waited.
        if (attempt.isAcknowledged() && random.nextInt(3) == 0) {
            readBack(attempt, "");
        }
        return write.events().size();
    }

    private Write.Attempt send(Write write) {
        Answer answer = null;
        try {
            answer = write.path().contains("?wait=")
                    ? shown.of(write.events().get(0).counter(), () -> request(write))
                    : request(write);
        } catch (IOException nobodyAnswered) {
            // the result is unknown
        }
        Write.Attempt attempt = new Write.Attempt(write, answer);
        attempts.add(attempt);
        return attempt;
    }

    private Answer request(Write write) throws IOException {
        return Http.send(
                write.method(),
                system.writeUrl().resolve(write.path()),
                BodyPublishers.ofString(write.body(), StandardCharsets.UTF_8),
                write.body().isEmpty() ? "" : "application/json");
    }

    /** @param after a receipt that the answer has to reflect; empty for none */
    private void readBack(Write.Attempt attempt, String after) {
        CounterName counter = attempt.write().events().get(0).counter();
        if (random.nextInt(after.isEmpty() ? 2 : 3) == 0) {
            asked.addAll(new StateQuestions(system, random, shown).ask(counter, after));
            return;
        }
        String query = (after.isEmpty() ? "?wait=5s" : "?wait=5s&after=" + after)
                + (random.nextInt(4) == 0 ? "&committed=true" : "");
        URI url = system.readUrl().resolve("/v1/counters/" + counter.path() + query);
        try {
            reads.add(new Read(after, CounterRead.of(counter, shown.of(counter, () -> Http.get(url)))));
        } catch (IOException nobodyAnswered) {
            // the process was killed in the meantime
        }
    }

    private Write compose() {
        int kind = random.nextInt(20);
        if (kind < 5) {
            return batch();
        }
        Write.Event event = kind == 15 && !named.isEmpty() ? reusing() : event(kind);
        if (event.id() != null) {
            named.add(event);
        }
        String path = "/v1/counters/" + event.counter().path() + (random.nextInt(4) == 0 ? "?wait=2s" : "");
        String id = event.id() == null ? "" : ",\"id\":\"" + event.id() + "\"";
        return switch (event.kind()) {
            case "ADD" ->
                new Write("POST", path, "{\"delta\":" + event.value() + id + occurredAt() + "}", List.of(event));
            case "SET" -> new Write("PUT", path, "{\"total\":" + event.value() + id + "}", List.of(event));
            default -> new Write("DELETE", path, "", List.of(event));
        };
    }

    private Write.Event event(int kind) {
        if (kind < 16) {
            return new Write.Event(counter(), "ADD", delta(), idOrNull());
        }
        return kind < 19
                ? new Write.Event(counter(), "SET", random.nextInt(1_000), idOrNull())
                : new Write.Event(counter(), "DELETE", 0, null);
    }

    /** Another event with the ID of a recently sent one. */
    private Write.Event reusing() {
        Write.Event first = named.get(named.size() - 1 - random.nextInt(Math.min(named.size(), REUSED_OF)));
        boolean asAdd = first.kind().equals("SET") && random.nextBoolean();
        return new Write.Event(first.counter(), asAdd ? "ADD" : "SET", first.value() ^ random.nextInt(2), first.id());
    }

    private Write batch() {
        List<Write.Event> events = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        boolean ids = random.nextInt(3) > 0;
        for (int i = random.nextInt(BATCH_MAX); i >= 0; i--) {
            Write.Event event = new Write.Event(counter(), "ADD", delta(), ids ? id() : null);
            events.add(event);
            lines.append("{\"namespace\":\"" + NAMESPACE + "\",\"counter\":\"")
                    .append(event.counter().counter())
                    .append("\",\"delta\":")
                    .append(event.value())
                    .append(ids ? ",\"id\":\"" + event.id() + "\"" : "")
                    .append(occurredAt())
                    .append("}\n");
        }
        return new Write("POST", "/v1/events", lines.toString(), events);
    }

    private CounterName counter() {
        return CounterName.of(NAMESPACE, "counter-" + (int) (Math.pow(random.nextDouble(), SKEW) * counters));
    }

    private long delta() {
        return random.nextInt(200) == 0 ? Long.MAX_VALUE : random.nextInt(-5, 20);
    }

    /** A third of the events occurred some time ago, some of them in another hour or day, and a few occur in the future. */
    private String occurredAt() {
        if (random.nextInt(3) > 0) {
            return "";
        }
        long secondsAgo = random.nextInt(8) == 0 ? -random.nextInt(500) : random.nextInt(25 * 3_600);
        return ",\"occurredAt\":\"" + Instant.now().minusSeconds(secondsAgo) + "\"";
    }

    private String idOrNull() {
        return random.nextInt(4) == 0 ? null : id();
    }

    private String id() {
        return name + "-" + sent++;
    }
}
