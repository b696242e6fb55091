package dev.tally.service.http.response;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands responses from any thread to the IO thread of their connection. Only the first response of a burst wakes the IO thread;
 * responses added before the thread drains the queue are written in the same run. The queue is bounded by the number of
 * in-flight requests, because each request has one response, whose stream is queued once for all bytes that it then has.
 */
public final class ResponseQueue implements Runnable {
    /** A response for the IO thread to write. */
    public abstract static class Entry {
        /** Used by the queue only: first the entry added before this one, then the entry to write after it. */
        private @Nullable Entry next;

        /** Writes the response. Runs on the IO thread. */
        protected abstract void write();
    }

    private final Executor ioThread;
    private final AtomicReference<@Nullable Entry> latest = new AtomicReference<>();

    public ResponseQueue(Executor ioThread) {
        this.ioThread = ioThread;
    }

    /** Adds an entry. Any thread may call this, once per entry. */
    public void add(Entry entry) {
        Entry before;
        do {
            before = latest.get();
            entry.next = before;
        } while (!latest.compareAndSet(before, entry));
        if (before == null) {
            try {
                ioThread.execute(this);
            } catch (RejectedExecutionException e) {
                latest.set(null); // the server has stopped and closed the connections
            }
        }
    }

    /** Writes the queued responses, oldest first. Runs on the IO thread. */
    @Override
    public void run() {
        Entry entry = earliest(latest.getAndSet(null));
        while (entry != null) {
            Entry next = entry.next;
            entry.next = null;
            entry.write();
            entry = next;
        }
    }

    private static @Nullable Entry earliest(@Nullable Entry last) {
        Entry reversed = null;
        Entry entry = last;
        while (entry != null) {
            Entry before = entry.next;
            entry.next = reversed;
            reversed = entry;
            entry = before;
        }
        return reversed;
    }
}
