package dev.tally.ingest.log;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer that appends go through. It is replaced when it has a fatal error. A separate thread closes the failed
 * producer, which completes that producer's appends. The same thread then creates a new one. The intervals between
 * attempts grow if the creation fails or the new producer does not work either. There is one producer at a time, and
 * nothing of an earlier producer is sent after anything of a later one. Safe for use by any thread, except that only
 * the thread of {@link ProducerMonitor} calls {@link #tick}.
 */
final class ReplaceableProducer {
    /** How long the close of a failed producer may wait for the brokers' responses to what it has sent. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ReplaceableProducer.class);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final CircuitBreaker breaker;
    private final LogMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile ProducerSession current;
    /** Written by the monitor, read by {@link #close}. */
    private volatile @Nullable Thread replacement;

    // Used by the replacement thread only. There is at most one at a time.
    private Duration backoff = BACKOFF_MIN;
    private long appendedBefore;

    /** @param producers makes a producer, or throws */
    ReplaceableProducer(Supplier<Producer<byte[], byte[]>> producers, CircuitBreaker breaker, LogMetrics metrics) {
        this.producers = producers;
        this.breaker = breaker;
        this.metrics = metrics;
        this.current = new ProducerSession(producers.get(), breaker);
    }

    /**
     * The session that an append uses from its first record to its outcome, even if the producer is replaced meanwhile.
     */
    ProducerSession current() {
        return current;
    }

    /** The number of partitions of the topic, or 0 if it is not known. */
    int partitions() {
        ProducerSession session = current;
        return session.isFailed() ? 0 : session.partitions();
    }

    void tick() {
        ProducerSession session = current;
        session.inDoubt().tick();
        Thread before = replacement;
        if (session.isFailed() && (before == null || !before.isAlive()) && closing.getCount() > 0) {
            Thread thread = new Thread(() -> replace(session), "tally-ingest-producer-replacement");
            thread.setDaemon(true);
            thread.start();
            replacement = thread;
        }
    }

    private void replace(ProducerSession failed) {
        failed.close(CLOSE_TIMEOUT);
        if (metrics.appended() != appendedBefore) {
            appendedBefore = metrics.appended();
            backoff = BACKOFF_MIN;
        }
        try {
            while (!closing.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                Duration doubled = backoff.multipliedBy(2);
                backoff = doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX;
                if (hasNext()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasNext() {
        Producer<byte[], byte[]> next;
        try {
            next = producers.get();
        } catch (RuntimeException e) {
            breaker.producerFailed("a new producer cannot be created: " + ProducerSession.reason(e));
            LOG.warn("Producer creation failed; retrying in {} ms", backoff.toMillis(), e);
            return false;
        }
        begin(new ProducerSession(next, breaker));
        return true;
    }

    private synchronized void begin(ProducerSession next) {
        if (closing.getCount() == 0) {
            next.close(Duration.ZERO);
            return;
        }
        current = next;
        metrics.replaced();
        breaker.producerReplaced();
        LOG.info("Producer replaced; the next event uses the new one");
    }

    /** Closes the current producer and completes every append. Blocks, at most a little longer than the timeout. */
    void close(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (this) {
            closing.countDown(); // after this no other producer becomes current
        }
        Thread thread = replacement;
        if (thread != null) {
            join(thread, timeout);
        }
        current.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private static void join(Thread thread, Duration timeout) {
        try {
            thread.join(Math.max(1, timeout.toMillis())); // 0 would wait forever
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
