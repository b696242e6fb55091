package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.read.ReadResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One read in flight. It holds a permit and is completed exactly once. Safe for use by any thread. */
final class ReadCall<T> {
    private final CompletableFuture<ReadResult<T>> answer = new CompletableFuture<>();
    /** Null once the permit is released. */
    private final AtomicReference<@Nullable Semaphore> permits;

    /** @param permits one of them is released before the answer is completed */
    ReadCall(@Nullable Semaphore permits) {
        this.permits = new AtomicReference<>(permits);
    }

    /** A read without a permit, which is over. */
    static <T> ReadCall<T> failed(ReadClientException failure) {
        ReadCall<T> call = new ReadCall<>(null);
        call.answer.completeExceptionally(failure);
        return call;
    }

    CompletableFuture<ReadResult<T>> answer() {
        return answer;
    }

    boolean isOver() {
        return permits.get() == null;
    }

    /** Completes the read with the body of a response, which arrives or fails in bounded time. */
    void take(CompletableFuture<byte[]> response, ResultFormat<T> format) {
        var unused = response.whenComplete((body, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                parse(body, format);
            }
        });
    }

    private void parse(byte[] body, ResultFormat<T> format) {
        try {
            complete(format.parse(body));
        } catch (MalformedAnswerException e) {
            fail(ReadClientException.malformed(e));
        } catch (RuntimeException e) {
            fail(e); // a fault of the parser must not leave the read open
        }
    }

    void complete(ReadResult<T> result) {
        if (release()) {
            answer.complete(result);
        }
    }

    void fail(Throwable failure) {
        if (release()) {
            answer.completeExceptionally(failure);
        }
    }

    /** Returns whether this call ends the read. */
    private boolean release() {
        Semaphore held = permits.getAndSet(null);
        if (held == null) {
            return false;
        }
        held.release();
        return true;
    }
}
