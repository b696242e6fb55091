package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The in-doubt appends of one producer: all their records failed, and it is to be decided of each append whether one of
 * its records may be in the log all the same. The exception does not decide it: a record that timed out may never have
 * left this process, or may be in the log with its acknowledgement lost. Three public metrics of the producer decide
 * it:
 *
 * <ol>
 *   <li>{@code record-send-total} grows by the records of each batch that is taken for sending. It grows before the
 *       bytes are handed to the network. If it still has the value from before an append began, none of the append's
 *       records was ever sent. Retries make it grow too, which only makes the result more cautious.
 *   <li>Within one round of the network thread, a batch can be taken for sending, be found too old, be failed, and be
 *       sent all the same; its callback runs before the metric grows. So nothing is decided in a callback. A round ends
 *       with a call of select, which {@code select-total} counts. A failed append is set aside and {@code select-total}
 *       is read. The append is resolved when {@code select-total} has grown: then that round is over and everything it
 *       sent is counted.
 *   <li>A record that has failed is not sent later: the producer has dropped its batch by then.
 *   <li>A broker's refusal is certain for the attempt that it answers. An earlier attempt may have been appended with
 *       its response lost. If {@code record-retry-total} has not grown since the append began, there was no earlier
 *       attempt.
 * </ol>
 *
 * <p>Point 3 does not hold for a record whose call to send threw: the producer may have the record or not. Such an
 * append is resolved when the producer is closed and its network thread has ended. Nothing is sent after that.
 *
 * <p>Metrics are sampled at each tick, so an append that began between the last growth and the next sample counts as
 * possibly sent. Safe for use by any thread. The number of in-doubt appends is bounded by the bound on in-flight
 * events.
 */
final class InDoubtAppends {
    /**
     * The network thread is woken each tick. If it completes no round within this number of ticks, nothing is certain.
     */
    private static final int TICKS_MAX = 20;

    private final GrowingCount sends;
    private final GrowingCount retries;
    private final GrowingCount selects;
    private final Runnable wakeProducer;

    private final Queue<Append> added = new ConcurrentLinkedQueue<>();
    private final Queue<Append> untilClosed = new ConcurrentLinkedQueue<>();
    private final Queue<Append> setAside = new ArrayDeque<>();
    private double selectsThen;
    private int ticks;
    /** The network thread has ended. */
    private volatile boolean closed;

    /** @param wakeProducer makes the network thread run a round when it is idle */
    InDoubtAppends(Map<MetricName, ? extends Metric> metrics, Runnable wakeProducer) {
        this.sends = GrowingCount.of(metrics, "record-send-total");
        this.retries = GrowingCount.of(metrics, "record-retry-total");
        this.selects = GrowingCount.of(metrics, "select-total");
        this.wakeProducer = wakeProducer;
    }

    /** Whether the producer has the metrics. Without them every outcome is the cautious one. */
    boolean canBeCertain() {
        return sends.exists() && retries.exists() && selects.exists();
    }

    /** Adds an append whose records have all failed. */
    void add(Append failed) {
        added.add(failed);
        resolveIfClosed();
    }

    /** Adds an append for which it is not known which records the producer has taken. */
    void addUntilClosed(Append abandoned) {
        untilClosed.add(abandoned);
        resolveIfClosed();
    }

    synchronized void tick() {
        if (closed) {
            return;
        }
        boolean roundIsOver = selects.read() > selectsThen;
        sample();
        if (!setAside.isEmpty()) {
            ticks++;
            if (roundIsOver || ticks >= TICKS_MAX) {
                resolve(setAside, roundIsOver);
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

    /**
     * Resolves all remaining appends, and every later one at once: the producer is closed and its network thread has
     * ended.
     */
    synchronized void close() {
        sample();
        closed = true;
        resolveRest();
    }

    private void resolveIfClosed() {
        if (closed) {
            resolveRest();
        }
    }

    private synchronized void resolveRest() {
        resolve(setAside, true);
        resolve(added, true);
        resolve(untilClosed, true);
    }

    private void sample() {
        sends.sample();
        retries.sample();
    }

    private void resolve(Queue<Append> failed, boolean roundIsOver) {
        for (Append append = failed.poll(); append != null; append = failed.poll()) {
            boolean neverSent = roundIsOver && sends.unchangedSinceBefore(append.startedNanos);
            boolean refused = append.isRefused() && retries.unchangedSinceBefore(append.startedNanos);
            append.end(neverSent || refused ? NotAppended.UNAVAILABLE : NotAppended.UNCONFIRMED);
        }
    }
}
