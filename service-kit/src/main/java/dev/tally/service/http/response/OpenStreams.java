package dev.tally.service.http.response;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open streams of a server: at most as many as their bound allows, ended at a shutdown. Thread-safe. */
public final class OpenStreams {
    private final int max;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<ResponseStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    public OpenStreams(int max) {
        this.max = max;
    }

    /** @throws ProblemException if the bound is reached or the server is closing; the stream is not counted then */
    public void enter() {
        if (closing) {
            throw new ProblemException(
                    HttpErrorCode.SHUTTING_DOWN, "This process is shutting down; no stream was opened");
        }
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED, "Too many streams are open (limit " + max + "); no stream was opened");
        }
    }

    /** Adds a stream that has entered. */
    void add(ResponseStream stream) {
        open.add(stream);
        if (closing) {
            stream.shutDown();
        }
    }

    void leave(ResponseStream stream) {
        open.remove(stream);
        count.decrementAndGet();
    }

    /** Ends all streams and refuses new ones. Does not wait for clients to read the rest. */
    public void close() {
        closing = true;
        open.forEach(ResponseStream::shutDown);
    }
}
