package dev.tally.system.load;

import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.client.Hit;
import dev.tally.system.client.Receipts;
import dev.tally.system.guarantee.Written;
import dev.tally.system.guarantee.Written.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A client that sends one request to write after the other, and records each answer. For one thread. */
final class Writer {
    private static final int BATCH_MAX = 60;
    private static final int DELTA_MAX = 20;

    private final Api api;
    private final Counters counters;
    private final Random random;
    private final String name;
    private int sent;

    Writer(Api api, Counters counters, long seed, int number) {
        this.api = api;
        this.counters = counters;
        this.random = new Random(seed + number);
        this.name = "w" + number;
    }

    /** Sends one request, and returns its result. */
    Written write() {
        boolean batch = random.nextInt(5) == 0;
        List<Hit> hits = hits(batch ? 1 + random.nextInt(BATCH_MAX) : 1);
        BatchForm form = random.nextBoolean() ? BatchForm.NDJSON : BatchForm.ARRAY;
        long start = System.nanoTime();
        try {
            Answer answer = batch ? api.post(hits, form) : api.post(hits.get(0));
            return written(hits, batch, answer, System.nanoTime() - start);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return written(hits, batch, Outcome.REFUSED, "not_sent", List.of(), System.nanoTime() - start);
        } catch (IOException e) {
            return written(hits, batch, Outcome.UNKNOWN, "no_answer", List.of(), System.nanoTime() - start);
        }
    }

    private List<Hit> hits(int count) {
        List<Hit> hits = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long delta = random.nextInt(4) == 0 ? random.nextInt(-DELTA_MAX, DELTA_MAX + 1) : 1;
            hits.add(new Hit(counters.toWrite(random), delta, name + "-" + sent++));
        }
        return hits;
    }

    private static Written written(List<Hit> hits, boolean batch, Answer answer, long nanos) {
        if (answer.status() == 202) {
            List<Receipt> receipts =
                    Receipts.parse(answer.json().path("receipt").asText());
            return written(hits, batch, Outcome.ACKNOWLEDGED, "", receipts, nanos);
        }
        String code = answer.code();
        Outcome outcome = switch (code) {
            case "unconfirmed" -> Outcome.UNKNOWN;
            case "overloaded", "kafka_unavailable", "shutting_down" -> Outcome.REFUSED;
            default -> Outcome.UNEXPECTED;
        };
        return written(hits, batch, outcome, code.isEmpty() ? answer.toString() : code, List.of(), nanos);
    }

    private static Written written(
            List<Hit> hits, boolean batch, Outcome outcome, String code, List<Receipt> receipts, long nanos) {
        return new Written(hits, batch, outcome, code, receipts, Duration.ofNanos(nanos));
    }
}
