package dev.tally.query.routing;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.MalformedAnswerException;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reads of totals that one IO thread makes at one instance of counter-streams. One request at a time asks for all that
 * were wanted while the one before was under way: under load a read then costs a share of a request, and when there is none,
 * nothing waits. The instance answers from memory only, so a request is never under way for long; if one fails, so do those
 * that wait for it. A request ends by the deadline of the read among its own that came up first, so every read does.
 *
 * <p>How many reads wait is the caller's to bound. Safe for use by any thread.
 */
final class JointTotals {
    /** Asks for a target, on behalf of a request or of none, and fails unless the answer comes within that time. */
    interface Get {
        CompletableFuture<byte[]> get(String target, @Nullable String requestId, Duration answerMax);
    }

    private record Wanted(
            String name,
            @Nullable String requestId,
            long deadlineNanos,
            CompletableFuture<@Nullable ReadResult> result) {}

    private final Get get;
    private final LongSupplier nanoTime;
    private final Deque<Wanted> waiting = new ArrayDeque<>();
    private boolean underWay;

    JointTotals(Get get, LongSupplier nanoTime) {
        this.get = get;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks for one total as things are. Fails as the request does that asks for it.
     *
     * @param requestId named to the instance if this read is the first of its request
     * @param deadlineNanos on the clock given: when this read has failed unless it has its answer; no earlier than that of
     *     any read before it
     * @return null if the counter is to be asked for alone
     */
    CompletableFuture<@Nullable ReadResult> ask(CounterName counter, @Nullable String requestId, long deadlineNanos) {
        CompletableFuture<@Nullable ReadResult> result = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Wanted(ReadProtocol.totalsName(counter), requestId, deadlineNanos, result));
            if (underWay) {
                return result;
            }
            underWay = true;
        }
        send();
        return result;
    }

    private void send() {
        List<Wanted> asked = take();
        if (asked.isEmpty()) {
            return;
        }
        String target =
                ReadProtocol.totalsTarget(asked.stream().map(Wanted::name).toList());
        Wanted first = asked.get(0);
        Duration left = Duration.ofNanos(Math.max(0, first.deadlineNanos() - nanoTime.getAsLong()));
        var unused = get.get(target, first.requestId(), left).whenComplete((body, failure) -> {
            if (failure == null) {
                send(); // before the answers: what they lead to waits for the next
                answer(asked, body);
            } else {
                fail(asked, failure);
            }
        });
    }

    /** What goes with the next request; none if nothing waits, and then none is under way any more. */
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
        underWay = !taken.isEmpty();
        return taken;
    }

    private static void answer(List<Wanted> asked, byte[] body) {
        List<@Nullable ReadResult> results;
        try {
            results = ReadProtocol.parseTotals(body, asked.size());
        } catch (MalformedAnswerException e) {
            PeerException malformed = PeerException.malformed(e);
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
            underWay = false;
        }
        failed.forEach(each -> each.result().completeExceptionally(failure));
    }
}
