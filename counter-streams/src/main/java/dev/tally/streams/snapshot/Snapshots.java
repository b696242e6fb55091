package dev.tally.streams.snapshot;

import dev.tally.streams.generation.BoardWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots of the partitions that this instance serves in the live generation, on a thread of its own, if events of the
 * log may be deleted. Checks every half minute, or more often with a short interval. Safe for use by any thread.
 */
public final class Snapshots implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Snapshots.class);
    private static final Duration CHECK_MAX = Duration.ofSeconds(30);
    private static final Duration CHECK_MIN = Duration.ofMillis(100);
    /** Each attempt may leave an incomplete snapshot, which only the next complete one deletes. */
    private static final Duration AFTER_FAILURE_MAX = Duration.ofMinutes(10);

    private static final int CHECKS_PER_INTERVAL = 4;
    private static final long STOP_MILLIS_MAX = 3_000;

    private final Duration interval;
    private final Supplier<@Nullable SnapshotSource> source;
    private final Supplier<Map<String, String>> notes;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final SnapshotRound round;
    private final Thread thread = new Thread(this::run, "state-snapshots");
    private volatile SnapshotStatus status = SnapshotStatus.UNKNOWN;

    /**
     * @param source the live generation on this instance; null while it does not run
     * @param notes those of {@code tally.generations}, as this instance follows them
     */
    public Snapshots(
            SnapshotSettings settings,
            Supplier<@Nullable SnapshotSource> source,
            Supplier<Map<String, String>> notes,
            BoardWriter board) {
        this.interval = settings.interval();
        this.source = source;
        this.notes = notes;
        this.round = new SnapshotRound(settings, board, stop);
    }

    /** Called once. */
    @SuppressWarnings("ThreadPriorityCheck") // only a hint
    public void start() {
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** What the last check has found, in a phrase. */
    public String condition() {
        return status.detail();
    }

    /** The age of the oldest of the newest snapshots of all partitions, in seconds; NaN if one has none, or none is needed. */
    public double ageSeconds() {
        Instant oldest = status.oldest();
        return oldest == null
                ? Double.NaN
                : Duration.between(oldest, Instant.now()).toMillis() / 1e3;
    }

    private void run() {
        try {
            Duration wait = check();
            while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = isDone() ? check() : min(AFTER_FAILURE_MAX, max(interval, check()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** False if a check or a snapshot failed. */
    private boolean isDone() throws InterruptedException {
        SnapshotSource now = source.get();
        if (now == null) {
            return true;
        }
        try {
            report(round.run(now, notes));
            return true;
        } catch (InvalidStateStoreException e) {
            return true; // the partition has moved to another instance
        } catch (RuntimeException e) {
            if (stop.getCount() > 0) {
                LOGGER.warn("A snapshot was not written: {} (it is tried again)", e.getMessage(), e);
            }
            return false;
        }
    }

    private void report(SnapshotStatus found) {
        if (found.isWarning() && !found.detail().equals(status.detail())) {
            LOGGER.warn("Snapshots: {}", found.detail());
        }
        status = found;
    }

    private Duration check() {
        return interval.isZero() ? CHECK_MAX : max(CHECK_MIN, min(CHECK_MAX, interval.dividedBy(CHECKS_PER_INTERVAL)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_MILLIS_MAX);
            thread.interrupt(); // Kafka may be away
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
