package dev.tally.streams.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that concurrent callers share. Every caller gets the response to a request that was sent after its call. At most one
 * request is in flight and one more is pending. Thread-safe.
 */
final class CoalescedRequest<T> {
    private final Supplier<CompletionStage<T>> request;
    private boolean inFlight;
    private @Nullable CompletableFuture<T> next;

    CoalescedRequest(Supplier<CompletionStage<T>> request) {
        this.request = request;
    }

    /** Never blocks. Fails if the request fails. */
    CompletionStage<T> send() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            answer = next;
            if (inFlight) {
                return answer;
            }
            inFlight = true;
            next = null;
        }
        send(answer);
        return answer;
    }

    private void send(CompletableFuture<T> answer) {
        CompletionStage<T> sent;
        try {
            sent = request.get();
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        var unused = sent.whenComplete((value, failure) -> {
            CompletableFuture<T> waiting;
            synchronized (this) {
                waiting = next;
                next = null;
                inFlight = waiting != null;
            }
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
            if (waiting != null) {
                send(waiting);
            }
        });
    }
}
