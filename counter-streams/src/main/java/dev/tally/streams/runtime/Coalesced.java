package dev.tally.streams.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces concurrent requests. Every caller gets the response to a request that was sent after its call. At most one request is
 * in flight and one more is pending. Thread-safe.
 */
final class Coalesced<T> {
    private final Supplier<CompletionStage<T>> question;
    private boolean out;
    private @Nullable CompletableFuture<T> next;

    Coalesced(Supplier<CompletionStage<T>> question) {
        this.question = question;
    }

    /** Never blocks. Fails if the request fails. */
    CompletionStage<T> ask() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            answer = next;
            if (out) {
                return answer;
            }
            out = true;
            next = null;
        }
        put(answer);
        return answer;
    }

    private void put(CompletableFuture<T> answer) {
        CompletionStage<T> put;
        try {
            put = question.get();
        } catch (RuntimeException e) {
            put = CompletableFuture.failedFuture(e);
        }
        var unused = put.whenComplete((value, failure) -> {
            CompletableFuture<T> waiting;
            synchronized (this) {
                waiting = next;
                next = null;
                out = waiting != null;
            }
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
            if (waiting != null) {
                put(waiting);
            }
        });
    }
}
