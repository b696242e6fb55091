package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.util.List;

/**
 * Reads targets in turn, closed loop: each connection sends the next request when it has the answer to the last one.
 */
final class EndlessReads {
    private final List<Connection> connections;
    private final List<String> targets;
    private long asked;
    private long answered;
    private boolean isOver;

    /** @param connections the number of connections; 0 for no reads */
    EndlessReads(Wire wire, int connections, List<String> targets) {
        this.connections = wire.connect(connections);
        this.targets = targets;
    }

    void begin() {
        connections.forEach(this::next);
    }

    /** Sends no further requests. */
    void end() {
        isOver = true;
    }

    private void next(Connection connection) {
        String target = targets.get((int) (asked++ % targets.size()));
        connection.get(target, answer -> {
            if (answer.status() != 200) {
                throw new BenchException(target + " was answered " + answer.status() + ": " + answer.body());
            }
            answered++;
            if (!isOver) {
                next(connection);
            }
        });
    }

    boolean isAllAnswered() {
        return answered == asked;
    }

    long answered() {
        return answered;
    }
}
