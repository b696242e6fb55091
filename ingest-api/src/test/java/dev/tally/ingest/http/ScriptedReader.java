package dev.tally.ingest.http;

import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/** A reader that answers when the test completes the future, or at once with a result that the test has set. */
final class ScriptedReader implements CounterReader {
    /** One question in flight. */
    record Asked(
            CounterName counter,
            ReadQuery query,
            String requestId,
            String thread,
            CompletableFuture<ReadResult<Total>> answer) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private volatile ReadResult<Total> atOnce;
    private volatile RuntimeException thrown;

    /** From now on every question is answered at once with this result. */
    void answerAtOnce(ReadResult<Total> result) {
        atOnce = result;
    }

    /** From now on the reader violates its contract: it throws. */
    void fail(RuntimeException failure) {
        thrown = failure;
    }

    /** Waits for the next question and removes it from the queue. */
    Asked next() {
        await().until(() -> !asked.isEmpty());
        return asked.remove();
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    @Override
    public CounterReader askedBy(String requestId) {
        return (counter, query) -> read(counter, query, requestId);
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        throw new AssertionError("nobody's question");
    }

    private CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query, String requestId) {
        if (thrown != null) {
            throw thrown;
        }
        CompletableFuture<ReadResult<Total>> answer = new CompletableFuture<>();
        if (atOnce != null) {
            answer.complete(atOnce);
        }
        asked.add(new Asked(counter, query, requestId, Thread.currentThread().getName(), answer));
        return answer;
    }
}
