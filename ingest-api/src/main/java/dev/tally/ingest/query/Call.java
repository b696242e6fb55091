package dev.tally.ingest.query;

import dev.tally.schemas.read.BoundedBody;
import dev.tally.schemas.read.MalformedAnswerException;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReady;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One question to query-api: answered exactly once, whatever happens. Safe for use by any thread. */
final class Call {
    private final CompletableFuture<ReadResult> answer = new CompletableFuture<>();

    /** Never completes exceptionally. */
    CompletableFuture<ReadResult> answer() {
        return answer;
    }

    /** Asks, and ends with the answer or after so long. */
    void ask(HttpClient http, HttpRequest request, Duration atMost) {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request, head -> new BoundedBody(ReadProtocol.RESULT_BYTES_MAX));
        var unusedEnd = sent.whenComplete((response, failure) -> answer.complete(result(response, failure)));
        // The client's own time-out ends when the headers have come; this one ends with the body.
        var unusedTimer = answer.completeOnTimeout(
                new NotReady("query-api did not answer in time"), atMost.toMillis(), TimeUnit.MILLISECONDS);
        var unusedCancel = answer.whenComplete((result, failure) -> sent.cancel(true));
    }

    /** Ends without an answer, unless there is one. */
    void giveUp(String reason) {
        answer.complete(new NotReady(reason));
    }

    private static ReadResult result(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            return new NotReady("query-api cannot be asked: " + failure);
        }
        if (response.statusCode() != 200) {
            return new NotReady("query-api answered " + response.statusCode());
        }
        try {
            return ReadProtocol.parseResult(response.body());
        } catch (MalformedAnswerException e) {
            return new NotReady("query-api's answer is malformed: " + e.getMessage());
        }
    }
}
