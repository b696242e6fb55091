package dev.tally.service.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands answers from any thread to the IO thread of their connection. Only the first of a burst wakes the IO thread; those
 * that come while it has not yet looked go along. Bounded by the number of requests in flight: each has one answer.
 */
final class AnswerQueue implements Runnable {
    /** Something to be written by the IO thread. */
    abstract static class Entry {
        /** The queue's: the entry that came before this one, then the one to write after it. */
        private @Nullable Entry next;

        /** The IO thread. */
        abstract void writeAnswer();
    }

    private final Executor ioThread;
    private final AtomicReference<@Nullable Entry> latest = new AtomicReference<>();

    AnswerQueue(Executor ioThread) {
        this.ioThread = ioThread;
    }

    /** Any thread; an entry comes once. */
    void add(Entry entry) {
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

    /** The IO thread: writes what has come, the earliest first. */
    @Override
    public void run() {
        Entry entry = earliest(latest.getAndSet(null));
        while (entry != null) {
            Entry next = entry.next;
            entry.next = null;
            entry.writeAnswer();
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
