package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Clients that read a write as soon as they know its receipt, each on its own connection. A client that still waits for
 * an answer sends the next read after it. The time of a read still runs from the answer to the write.
 */
final class Readers {
    private final List<Connection> connections;
    private final List<Deque<Read>> queues = new ArrayList<>();
    private final Durations times = new Durations();
    private final Durations sentAfter = new Durations();
    private long asked;

    Readers(Wire wire, int count) {
        connections = wire.connect(count);
        connections.forEach(connection -> queues.add(new ArrayDeque<>()));
    }

    int count() {
        return connections.size();
    }

    /** @param since when the write was answered */
    void read(int reader, String target, long since) {
        asked++;
        queues.get(reader).add(new Read(target, since));
        goOn(reader);
    }

    private void goOn(int reader) {
        Connection connection = connections.get(reader);
        Read next = connection.isIdle() ? queues.get(reader).poll() : null;
        if (next == null) {
            return;
        }
        sentAfter.add(System.nanoTime() - next.since);
        connection.get(next.target, answer -> {
            if (answer.status() != 200) {
                throw new BenchException(next.target + " was answered " + answer.status() + ": " + answer.body());
            }
            times.add(answer.nanos() - next.since);
            goOn(reader);
        });
    }

    boolean isAllAnswered() {
        return times.count() == asked;
    }

    long asked() {
        return asked;
    }

    /** For each read that was answered with 200: the time from the write's answer to the read's. */
    Durations times() {
        return times;
    }

    /** For each read: the part of its time that passed before it was sent. */
    Durations sentAfter() {
        return sentAfter;
    }

    private record Read(String target, long since) {}
}
