package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches the reads of totals that one IO thread makes at one instance of counter-streams. One request at a time is in
 * flight. It asks for all totals that were wanted while the previous request was in flight. Under load a read therefore
 * costs a share of a request; without load nothing waits. The instance answers from memory only, so a request is in
 * flight for a short time. If a request fails, the reads that wait for it fail too. A request ends by the deadline of
 * its first read, so every read ends by its own deadline.
 *
 * <p>The caller bounds the number of waiting reads. Safe for use by any thread.
 */
final class BatchedTotals {
    /** Requests a target, with or without a request ID. Fails unless the response arrives within {@code answerMax}. */
    interface Get {
        CompletableFuture<byte[]> get(String target, @Nullable String requestId, Duration answerMax);
    }

    private record Wanted(
            String name,
            @Nullable String requestId,
            long deadlineNanos,
            CompletableFuture<@Nullable ReadResult<Total>> result) {}

    private final ReadProtocol protocol;
    private final Get get;
    private final LongSupplier nanoTime;
    private final Deque<Wanted> waiting = new ArrayDeque<>();
    private boolean inFlight;

    BatchedTotals(ReadProtocol protocol, Get get, LongSupplier nanoTime) {
        this.protocol = protocol;
        this.get = get;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks for one current total. Fails as its request fails.
     *
     * @param requestId passed to the instance if this read is the first of its request
     * @param deadlineNanos on the clock given: the read fails if it has no answer by then; no earlier than the deadline
     *     of any previous read
     * @return null if the counter must be read by a request of its own
     */
    CompletableFuture<@Nullable ReadResult<Total>> ask(
            CounterName counter, @Nullable String requestId, long deadlineNanos) {
        CompletableFuture<@Nullable ReadResult<Total>> result = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Wanted(ReadProtocol.totalsName(counter), requestId, deadlineNanos, result));
            if (inFlight) {
                return result;
            }
            inFlight = true;
        }
        send();
        return result;
    }

    private void send() {
        List<Wanted> asked = take();
        if (asked.isEmpty()) {
            return;
        }
        String target = protocol.totalsTarget(asked.stream().map(Wanted::name).toList());
        Wanted first = asked.get(0);
        Duration left = Duration.ofNanos(Math.max(0, first.deadlineNanos() - nanoTime.getAsLong()));
        var unused = get.get(target, first.requestId(), left).whenComplete((body, failure) -> {
            if (failure == null) {
                send(); // before the answers: reads that they cause go with the next request
                answer(asked, body);
            } else {
                fail(asked, failure);
            }
        });
    }

    /** Takes the reads for the next request. Returns none if nothing waits; then no request is in flight any more. */
    private synchronized List<Wanted> take() {
        List<Wanted> taken = new ArrayList<>(Math.min(waiting.size(), ReadProtocol.TOTALS_MAX));
        int chars = 0;
        for (Wanted next = waiting.peek(); next != null; next = waiting.peek()) {
            chars += next.name().length();
            if (taken.size() == ReadProtocol.TOTALS_MAX || chars > ReadProtocol.TOTALS_CHARS_MAX) {
                break;
            }
            taken.add(waiting.remove());
        }
        inFlight = !taken.isEmpty();
        return taken;
    }

    private static void answer(List<Wanted> asked, byte[] body) {
        List<@Nullable ReadResult<Total>> results;
        try {
            results = ReadProtocol.parseTotals(body, asked.size());
        } catch (MalformedAnswerException e) {
            ReadClientException malformed = ReadClientException.malformed(e);
            asked.forEach(each -> each.result().completeExceptionally(malformed));
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            asked.get(i).result().complete(results.get(i));
        }
    }

    private void fail(List<Wanted> asked, Throwable failure) {
        List<Wanted> failed = new ArrayList<>(asked);
        synchronized (this) {
            failed.addAll(waiting);
            waiting.clear();
            inFlight = false;
        }
        failed.forEach(each -> each.result().completeExceptionally(failure));
    }
}
