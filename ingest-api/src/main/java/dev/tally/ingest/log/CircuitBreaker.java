package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker in front of the log: whether appends are let in. While Kafka is away every append that is let in
 * waits for the delivery timeout, so after {@value #STALL_TICKS} ticks in which something was in flight or had failed, and
 * nothing reached the log, no more are: the breaker opens and they are refused at once. An append in flight that succeeds
 * closes it. When all of them have failed instead, it is half open {@value #PAUSE_TICKS} ticks later: one append is let in
 * to try. While the producer has failed for good it is open, and half open when there is a new one.
 *
 * <p>Ticks are counted, not time: after a pause of the whole process Kafka gets its chance to answer before it is called
 * away. {@link #tick} is for one thread, the watch; everything else for any.
 */
final class CircuitBreaker {
    static final int STALL_TICKS = 20;
    /** Between a trial that failed and the next one. */
    static final int PAUSE_TICKS = 20;

    private enum Position {
        CLOSED,
        /** The next append is let in, and opens the breaker behind it. */
        HALF_OPEN,
        OPEN,
        /** As OPEN, before the first tick: the reason is not Kafka, but the missing id to write with. */
        UNPREPARED,
        SHUT_DOWN
    }

    /** Read by every append; changed under the lock of this object, which is rare. */
    private volatile Position position = Position.OPEN;

    private volatile LogState state = new LogState(false, "waiting for Kafka");
    private volatile int partitions;
    /** Why there is no producer that can send; null if there is one. */
    private volatile @Nullable String producerFailure;
    /** There is a new producer, and the watch has not seen it. */
    private volatile boolean producerIsNew;

    private long appendedBefore;
    private long failedBefore;
    private boolean failing;
    private int ticksStill;
    private boolean stalled;
    private int pause;

    /** Why an append may not come in now, or null if it may. The hot path: one volatile read. */
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

    /** How many partitions the topic has; 0 until the breaker has been closed. It never changes after that. */
    int partitions() {
        return partitions;
    }

    LogState state() {
        return position == Position.SHUT_DOWN ? new LogState(false, "shutting down") : state;
    }

    /**
     * @param partitionsNow how many partitions the topic has, 0 if that is not known
     * @param appended how many events have reached the log, ever
     * @param failed how many events have been let in and did not reach it, ever
     * @param inFlight how many events are in flight
     */
    void tick(int partitionsNow, long appended, long failed, int inFlight) {
        boolean failedNow = failed != failedBefore;
        failedBefore = failed;
        if (appended != appendedBefore) {
            appendedBefore = appended;
            stalled = false;
            failing = false;
            ticksStill = 0;
        } else {
            failing |= failedNow;
            ticksStill = inFlight > 0 || failing ? ticksStill + 1 : 0;
            stalled |= ticksStill >= STALL_TICKS;
        }
        if (producerIsNew) {
            producerIsNew = false;
            stalled = true; // until it has shown that it works
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
            // Placement depends on the count: going on would put a counter on two partitions.
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

    /** Stays open until the first tick, for this reason, which is not Kafka's absence. */
    void hold(String why) {
        move(Position.UNPREPARED, new LogState(false, why));
    }

    /** Stays open, for this reason; no tick comes. */
    void block(String why) {
        state = new LogState(false, why);
    }

    /** Any thread: the producer will not send again, for this reason. */
    void producerFailed(String why) {
        producerFailure = why;
        state = new LogState(false, why);
        if (!move(Position.CLOSED, Position.OPEN)) {
            move(Position.HALF_OPEN, Position.OPEN);
        }
    }

    /** Any thread: there is a new producer. The breaker is half open as soon as that knows the topic. */
    void producerReplaced() {
        producerIsNew = true;
        producerFailure = null;
    }

    synchronized void shutDown() {
        position = Position.SHUT_DOWN;
    }
}
