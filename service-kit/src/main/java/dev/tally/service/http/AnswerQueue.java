package dev.tally.service.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Hands answers from any thread to the IO thread of their connection. Only the first of a burst wakes the IO thread; those
 * that come while it has not yet looked go along. Bounded by the number of requests in flight: each has one answer.
 */
final class AnswerQueue implements Runnable {
    private final XnioIoThread ioThread;
    /** The latest answer; {@link Request#nextAnswer} leads to the ones before it. */
    private final AtomicReference<@Nullable Request> latest = new AtomicReference<>();

    AnswerQueue(XnioIoThread ioThread) {
        this.ioThread = ioThread;
    }

    /** Any thread. */
    void add(Request answered) {
        Request before;
        do {
            before = latest.get();
            answered.nextAnswer = before;
        } while (!latest.compareAndSet(before, answered));
        if (before == null) {
            try {
                ioThread.execute(this);
            } catch (RejectedExecutionException e) {
                latest.set(null); // the server has stopped and closed the connections
            }
        }
    }

    /** The IO thread: writes what has come, the earliest first. */
    @Override
    public void run() {
        Request request = earliest(latest.getAndSet(null));
        while (request != null) {
            Request next = request.nextAnswer;
            request.nextAnswer = null;
            request.writeAnswer();
            request = next;
        }
    }

    private static @Nullable Request earliest(@Nullable Request last) {
        Request reversed = null;
        Request request = last;
        while (request != null) {
            Request before = request.nextAnswer;
            request.nextAnswer = reversed;
            reversed = request;
            request = before;
        }
        return reversed;
    }
}
