package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.jspecify.annotations.Nullable;

/**
 * Whether appends are let in. While Kafka is away every append that is let in waits for the delivery timeout, so after
 * {@value #STALL_TICKS} ticks in which something was in flight and nothing reached the log, no more are: they are refused
 * at once. What is in flight opens the gate again by succeeding. When all of it has failed instead, one append at a time is
 * let in to try.
 *
 * <p>Ticks are counted, not time: after a pause of the whole process Kafka gets its chance to answer before it is called
 * away. {@link #tick} is for one thread, the watch; everything else for any.
 */
final class Gate {
    static final int STALL_TICKS = 20;

    private enum Position {
        OPEN,
        /** The next append is let in, and shuts the gate behind it. */
        AJAR,
        SHUT,
        /** As SHUT, before the first tick: not for Kafka, but for the id to write with. */
        UNPREPARED,
        CLOSED
    }

    /** Read by every append; changed under the lock of this object, which is rare. */
    private volatile Position position = Position.SHUT;

    private volatile LogState state = new LogState(false, "waiting for Kafka");
    private volatile int partitions;
    /** The producer itself failed, and no event has reached the log since. */
    private volatile boolean tripped;

    private long appendedBefore;
    private int ticksStill;
    private boolean stalled;

    /** Why an append may not come in now, or null if it may. The hot path: one volatile read. */
    @Nullable
    NotAppended refusal() {
        return switch (position) {
            case OPEN -> null;
            case AJAR -> move(Position.AJAR, Position.SHUT) ? null : NotAppended.UNAVAILABLE;
            case SHUT -> NotAppended.UNAVAILABLE;
            case UNPREPARED -> NotAppended.NOT_READY;
            case CLOSED -> NotAppended.SHUTTING_DOWN;
        };
    }

    /** How many partitions the topic has; 0 until the gate has been open. It never changes after that. */
    int partitions() {
        return partitions;
    }

    LogState state() {
        return position == Position.CLOSED ? new LogState(false, "shutting down") : state;
    }

    /**
     * @param partitionsNow how many partitions the topic has, 0 if that is not known
     * @param appended how many events have reached the log, ever
     * @param inFlight how many events are on their way
     */
    void tick(int partitionsNow, long appended, int inFlight) {
        if (appended != appendedBefore) {
            appendedBefore = appended;
            stalled = false;
            tripped = false;
            ticksStill = 0;
        } else if (inFlight == 0) {
            ticksStill = 0;
        } else if (++ticksStill >= STALL_TICKS) {
            stalled = true;
        }
        if (partitions == 0) {
            partitions = partitionsNow;
        }
        move(partitionsNow, inFlight);
    }

    private void move(int partitionsNow, int inFlight) {
        if (partitionsNow == 0) {
            move(Position.SHUT, new LogState(false, "waiting for the metadata of the topic"));
        } else if (partitionsNow != partitions) {
            // Placement depends on the count: going on would put a counter on two partitions.
            move(
                    Position.SHUT,
                    new LogState(false, "the topic had " + partitions + " partitions and has " + partitionsNow));
        } else if (tripped) {
            move(inFlight == 0 ? Position.AJAR : Position.SHUT, new LogState(false, "the producer failed"));
        } else if (!stalled) {
            move(Position.OPEN, new LogState(true, partitions + " partitions"));
        } else if (inFlight == 0) {
            move(Position.AJAR, new LogState(true, "trying Kafka again with the next event"));
        } else {
            move(Position.SHUT, new LogState(false, "Kafka does not answer, " + inFlight + " events are waiting"));
        }
    }

    private void move(Position to, LogState now) {
        state = now;
        Position from = position;
        if (from != Position.CLOSED && from != to) {
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

    /** Stays shut until the first tick, for this reason, which is not Kafka's absence. */
    void hold(String why) {
        move(Position.UNPREPARED, new LogState(false, why));
    }

    /** Stays shut, for this reason; no tick comes. */
    void block(String why) {
        state = new LogState(false, why);
    }

    /** Any thread: the producer failed in a way of its own. Whether the gate was open until now. */
    boolean trip() {
        tripped = true;
        return move(Position.OPEN, Position.SHUT);
    }

    synchronized void close() {
        position = Position.CLOSED;
    }
}
