package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Single hits at a fixed rate, open loop: each hit has a due time. If no connection is free or the generator is busy,
 * the hit is sent late and not left out. The delays are recorded, so that it shows if the generator measures itself
 * instead of the server.
 */
final class OpenLoop {
    private static final int CONNECTIONS = 64;
    private static final double SECOND_NANOS = 1e9;

    private final Deque<Connection> free;
    private final SkewedCounters counters;
    private final int perSecond;
    private long count;
    private final Written written;
    private final Durations late = new Durations();
    private long began;
    private long sent;
    private long answered;
    private long lastAnswer;

    /** Receives each write, on the thread of the wire. */
    interface Written {
        /** @param number the number of the write, from 0 */
        void written(long number, String counter, String receipt, long nanos);
    }

    /** @param window how long writes are due, starting at {@link #begin} */
    OpenLoop(Wire wire, SkewedCounters counters, int perSecond, Duration window, Written written) {
        this.free = new ArrayDeque<>(wire.connect(CONNECTIONS));
        this.counters = counters;
        this.perSecond = perSecond;
        this.count = (long) (perSecond * (window.toNanos() / SECOND_NANOS));
        this.written = written;
    }

    void begin(long now) {
        began = now;
    }

    /** Sends every due hit for which a connection is free. */
    void sendDue(long now) {
        for (long due = due(); due - now <= 0 && sent < count && !free.isEmpty(); due = due()) {
            late.add(now - due);
            send(free.pop(), sent++);
        }
    }

    /** No further hit is due. */
    void end() {
        count = sent;
    }

    private long due() {
        return began + (long) (sent * SECOND_NANOS / perSecond);
    }

    private void send(Connection connection, long number) {
        String counter = Targets.counter(counters.next());
        connection.post(counter, "{\"delta\":1}", answer -> {
            String receipt = answer.receipt();
            if (answer.status() != 202 || receipt == null) {
                throw new BenchException("a write was answered " + answer.status() + ": " + answer.body());
            }
            free.push(connection);
            answered++;
            lastAnswer = answer.nanos();
            written.written(number, counter, receipt, answer.nanos());
        });
    }

    boolean isAllAnswered() {
        return answered == count;
    }

    Durations late() {
        return late;
    }

    /** The rate from the first due time to the last answer. */
    double answeredPerSecond() {
        return answered * SECOND_NANOS / Math.max(1, lastAnswer - began);
    }
}
