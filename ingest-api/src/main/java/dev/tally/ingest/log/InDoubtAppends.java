package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The appends of one producer whose records all failed: says of each whether one of them may be in the log all the same. An
 * exception does not tell: a record that timed out may never have left this process, or lie in the log with its
 * acknowledgement lost. Three public counts of the producer do tell. This is why.
 *
 * <ol>
 *   <li>{@code record-send-total} grows by the records of each batch taken for sending, and it grows before the bytes are
 *       handed to the network: so if it has the value that it had before an append began, none of the append's records
 *       was ever sent. Retries make it grow too, which only makes the answer more careful.
 *   <li>One trap: within one round of the network thread a batch can be taken for sending, be found too old and failed,
 *       and be sent all the same; its callback comes before the count grows. So nothing is decided in a callback. The
 *       round ends in a call of select, which {@code select-total} counts. A failed append is set aside, the count is
 *       read, and the append is judged when it has grown: then that round is over and all it sent is counted.
 *   <li>A record that has failed is not sent later: the producer has dropped its batch by then.
 *   <li>A broker's refusal is certain for the attempt that it answers. An earlier attempt may have been appended with its
 *       answer lost; {@code record-retry-total}, if it has not grown since the append began, shows that there was none.
 * </ol>
 *
 * <p>Point 3 does not hold for a record that the call to send threw for: the producer may have it or not. Such an append is
 * judged when the producer is closed and its network thread has ended: nothing is sent after that.
 *
 * <p>Values are sampled each tick, so an append that began between the last growth and the next sample counts as perhaps
 * sent. Safe for use by any thread. What waits here is bounded by what may be in flight.
 */
final class InDoubtAppends {
    /** The network thread is woken each tick; if it does not come round in so many, nothing is certain. */
    private static final int TICKS_MAX = 20;

    private final GrowingCount sends;
    private final GrowingCount retries;
    private final GrowingCount selects;
    private final Runnable wakeProducer;
    private final BiConsumer<Append, NotAppended> end;

    private final Queue<Append> added = new ConcurrentLinkedQueue<>();
    private final Queue<Append> untilTheEnd = new ConcurrentLinkedQueue<>();
    private final Queue<Append> setAside = new ArrayDeque<>();
    private double selectsThen;
    private int ticks;
    /** The network thread has ended. */
    private volatile boolean ended;

    /**
     * @param wakeProducer makes the network thread come round when it has nothing to do
     * @param end ends an append with its outcome
     */
    InDoubtAppends(
            Map<MetricName, ? extends Metric> metrics, Runnable wakeProducer, BiConsumer<Append, NotAppended> end) {
        this.sends = GrowingCount.of(metrics, "record-send-total");
        this.retries = GrowingCount.of(metrics, "record-retry-total");
        this.selects = GrowingCount.of(metrics, "select-total");
        this.wakeProducer = wakeProducer;
        this.end = end;
    }

    /** Whether the producer has the counts; without them every outcome is the careful one. */
    boolean canBeCertain() {
        return sends.exists() && retries.exists() && selects.exists();
    }

    /** An append whose records have all failed. */
    void add(Append failed) {
        added.add(failed);
        judgeIfEnded();
    }

    /** An append of which it is not known what the producer has taken. */
    void addUntilTheEnd(Append abandoned) {
        untilTheEnd.add(abandoned);
        judgeIfEnded();
    }

    synchronized void tick() {
        if (ended) {
            return;
        }
        boolean roundIsOver = selects.read() > selectsThen;
        look();
        if (!setAside.isEmpty()) {
            ticks++;
            if (roundIsOver || ticks >= TICKS_MAX) {
                judge(setAside, roundIsOver);
            }
        }
        if (setAside.isEmpty() && !added.isEmpty()) {
            for (Append append = added.poll(); append != null; append = added.poll()) {
                setAside.add(append);
            }
            ticks = 0;
            selectsThen = selects.read();
        }
        if (!setAside.isEmpty()) {
            wakeProducer.run();
        }
    }

    /** Judges all that is left, and at once all that comes later: the producer is closed and its network thread has ended. */
    synchronized void end() {
        look();
        ended = true;
        judgeRest();
    }

    private void judgeIfEnded() {
        if (ended) {
            judgeRest();
        }
    }

    private synchronized void judgeRest() {
        judge(setAside, true);
        judge(added, true);
        judge(untilTheEnd, true);
    }

    private void look() {
        sends.look();
        retries.look();
    }

    private void judge(Queue<Append> failed, boolean roundIsOver) {
        for (Append append = failed.poll(); append != null; append = failed.poll()) {
            boolean neverSent = roundIsOver && sends.stillSinceBefore(append.startedNanos);
            boolean refused = append.isRefused() && retries.stillSinceBefore(append.startedNanos);
            end.accept(append, neverSent || refused ? NotAppended.UNAVAILABLE : NotAppended.UNCONFIRMED);
        }
    }
}
