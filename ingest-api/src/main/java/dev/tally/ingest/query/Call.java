package dev.tally.ingest.query;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReady;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request to query-api. It is completed exactly once, whatever happens. Safe for use by any thread. */
final class Call {
    private final CompletableFuture<ReadResult> answer = new CompletableFuture<>();

    /** Never completes exceptionally. */
    CompletableFuture<ReadResult> answer() {
        return answer;
    }

    /** Completes the call with this result, which arrives or fails in bounded time. */
    void ask(CompletableFuture<byte[]> asked) {
        var unused = asked.whenComplete((body, failure) -> answer.complete(result(body, failure)));
    }

    /** Completes the call as not ready, unless it is already complete. */
    void giveUp(String reason) {
        answer.complete(new NotReady(reason));
    }

    private static ReadResult result(byte @Nullable [] body, @Nullable Throwable failure) {
        if (body == null) {
            return new NotReady("query-api: " + (failure == null ? "no answer" : failure.getMessage()));
        }
        try {
            return ReadProtocol.parseResult(body);
        } catch (MalformedAnswerException e) {
            return new NotReady("query-api: its answer is malformed: " + e.getMessage());
        }
    }
}
