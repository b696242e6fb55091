package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker in front of the log. It decides whether appends are admitted. While Kafka is unavailable, every
 * admitted append waits for the delivery timeout. The breaker therefore opens after {@value #STALL_TICKS} ticks in
 * which nothing reached the log although something was in flight or had failed. While it is open, appends are refused
 * at once. The breaker closes when an append in flight succeeds. If all of them fail instead, it is half open
 * {@value #PAUSE_TICKS} ticks later and admits one append as a trial. While the producer has a fatal error the breaker
 * is open. It is half open when there is a new producer.
 *
 * <p>The breaker counts ticks, not time: after a pause of the whole process, Kafka has the usual number of ticks to
 * respond before the breaker opens. Only the thread of {@link ProducerMonitor} calls {@link #tick}. All other methods are safe for use by
 * any thread.
 */
final class CircuitBreaker {
    static final int STALL_TICKS = 20;
    /** Ticks between a failed trial and the next one. */
    static final int PAUSE_TICKS = 20;

    private enum Position {
        CLOSED,
        /** The next append is admitted, and the breaker opens behind it. */
        HALF_OPEN,
        OPEN,
        /** As OPEN, before the first tick. The reason is not Kafka: the ID to write with is not known yet. */
        UNPREPARED,
        SHUT_DOWN
    }

    /** Read by every append. Changed under the lock of this object, which is rare. */
    private volatile Position position = Position.OPEN;

    private volatile LogState state = new LogState(false, "waiting for Kafka");
    private volatile int partitions;
    /** Why no producer can send; null if one can. */
    private volatile @Nullable String producerFailure;
    /** There is a new producer that the monitor has not seen yet. */
    private volatile boolean producerIsNew;

    private long appendedBefore;
    private long failedBefore;
    private boolean failing;
    private int ticksWithoutProgress;
    private boolean stalled;
    private int pause;

    /** Why an append is not admitted now, or null if it is admitted. The hot path: one volatile read. */
    @Nullable
    NotAppended refusal() {
        return switch (position) {
            case CLOSED -> null;
            case HALF_OPEN -> move(Position.HALF_OPEN, Position.OPEN) ? null : NotAppended.UNAVAILABLE;
            case OPEN -> NotAppended.UNAVAILABLE;
            case UNPREPARED -> NotAppended.NOT_READY;
            case SHUT_DOWN -> NotAppended.SHUTTING_DOWN;
        };
    }

    /** The number of partitions of the topic; 0 until the breaker has been closed. It never changes after that. */
    int partitions() {
        return partitions;
    }

    LogState state() {
        return position == Position.SHUT_DOWN ? new LogState(false, "shutting down") : state;
    }

    /**
     * @param partitionsNow the number of partitions of the topic, 0 if it is not known
     * @param appended the number of events that have reached the log since the start
     * @param failed the number of events that were admitted and did not reach the log since the start
     * @param inFlight the number of in-flight events
     */
    void tick(int partitionsNow, long appended, long failed, int inFlight) {
        boolean failedNow = failed != failedBefore;
        failedBefore = failed;
        if (appended != appendedBefore) {
            appendedBefore = appended;
            stalled = false;
            failing = false;
            ticksWithoutProgress = 0;
        } else {
            failing |= failedNow;
            ticksWithoutProgress = inFlight > 0 || failing ? ticksWithoutProgress + 1 : 0;
            stalled |= ticksWithoutProgress >= STALL_TICKS;
        }
        if (producerIsNew) {
            producerIsNew = false;
            stalled = true; // until an append succeeds
            pause = 0;
        } else {
            pause = failedNow ? PAUSE_TICKS : Math.max(0, pause - 1);
        }
        if (partitions == 0) {
            partitions = partitionsNow;
        }
        move(partitionsNow, inFlight);
    }

    private void move(int partitionsNow, int inFlight) {
        String failure = producerFailure;
        if (failure != null) {
            move(Position.OPEN, new LogState(false, failure));
        } else if (partitionsNow == 0) {
            move(Position.OPEN, new LogState(false, "waiting for the metadata of the topic"));
        } else if (partitionsNow != partitions) {
            // Placement depends on the partition count. With another count, a counter would be on two partitions.
            move(
                    Position.OPEN,
                    new LogState(false, "the topic had " + partitions + " partitions and has " + partitionsNow));
        } else if (!stalled) {
            move(Position.CLOSED, new LogState(true, partitions + " partitions"));
        } else if (inFlight > 0) {
            move(Position.OPEN, new LogState(false, "Kafka does not respond; " + inFlight + " events in flight"));
        } else if (pause > 0) {
            move(Position.OPEN, new LogState(false, "the last events did not reach Kafka"));
        } else {
            move(Position.HALF_OPEN, new LogState(true, "trying Kafka again with the next event"));
        }
    }

    private void move(Position to, LogState now) {
        state = now;
        Position from = position;
        if (from != Position.SHUT_DOWN && from != to) {
            move(from, to);
        }
    }

    private synchronized boolean move(Position from, Position to) {
        if (position != from) {
            return false;
        }
        position = to;
        return true;
    }

    /** Stays open until the first tick, for this reason, which is not that Kafka is unavailable. */
    void hold(String why) {
        move(Position.UNPREPARED, new LogState(false, why));
    }

    /** Stays open, for this reason. No tick follows. */
    void block(String why) {
        state = new LogState(false, why);
    }

    /** Any thread: the producer does not send again, for this reason. */
    void producerFailed(String why) {
        producerFailure = why;
        state = new LogState(false, why);
        if (!move(Position.CLOSED, Position.OPEN)) {
            move(Position.HALF_OPEN, Position.OPEN);
        }
    }

    /**
     * Any thread: there is a new producer. The breaker is half open as soon as the producer has the metadata of the
     * topic.
     */
    void producerReplaced() {
        producerIsNew = true;
        producerFailure = null;
    }

    synchronized void shutDown() {
        position = Position.SHUT_DOWN;
    }
}
