package dev.tally.streams.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many events a second a running generation may poll on this instance. The instance of the rate belongs to one
 * {@link StreamsRuntime}, for all its stream threads.
 *
 * <p>A poll returns as many records as it has. The next poll with records is then due when the rate allows for all of them, so
 * that the rate is met over the time of a few polls, and no record is fetched twice. Thread-safe.
 */
public final class EventRate {
    /** The rate of a generation that may poll as fast as it can. */
    public static final int UNLIMITED = 0;

    /** Time without events for which the rate may be made up later: a generation that keeps up is not delayed. */
    static final long SAVED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile int eventsASecond = UNLIMITED;
    /** When the polled events are used up at this rate. */
    private long dueNanos;

    /** Unlimited. */
    public EventRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Applies to the polls from now on. The events that were polled at the former rate are not counted, so a wait for them ends.
     *
     * @param rate events a second; {@link #UNLIMITED} for no limit
     */
    public void set(int rate) {
        if (rate < 0) {
            throw new IllegalArgumentException("events a second: " + rate + " (expected: 0 or more)");
        }
        synchronized (this) {
            if (rate == eventsASecond) {
                return;
            }
            dueNanos = nanoTime.getAsLong();
            eventsASecond = rate;
        }
        listeners.forEach(Runnable::run);
    }

    /** How long no poll may return records, in nanoseconds; 0 if the next one may. */
    long waitNanos() {
        if (eventsASecond == UNLIMITED) {
            return 0;
        }
        synchronized (this) {
            return Math.max(0, dueNanos - nanoTime.getAsLong());
        }
    }

    /** Called after a poll, with the number of its records. */
    void polled(int records) {
        if (eventsASecond == UNLIMITED || records == 0) {
            return;
        }
        synchronized (this) {
            int rate = eventsASecond;
            if (rate != UNLIMITED) {
                long earliest = nanoTime.getAsLong() - SAVED_NANOS_MAX;
                long from = dueNanos - earliest < 0 ? earliest : dueNanos;
                dueNanos = from + records * NANOS_A_SECOND / rate;
            }
        }
    }

    /** @param listener called after each change, on the thread that makes it; must not block */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
