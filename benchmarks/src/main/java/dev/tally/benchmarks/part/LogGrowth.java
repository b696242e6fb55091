package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.RateOverTime;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Samples how fast the log of events grows under a load, on a separate thread. */
final class LogGrowth implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    private final ScheduledExecutorService sampler =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-log-growth"));
    private final Admin admin;
    private final RateOverTime rate;
    private final Future<?> sampling;

    /**
     * @param origin the moment from which seconds are counted, by System.nanoTime
     * @param recordsAtOrigin the number of records in the log at that moment
     */
    LogGrowth(Broker broker, int partitions, long origin, long recordsAtOrigin) {
        admin = broker.admin();
        rate = new RateOverTime(origin);
        rate.add(origin, recordsAtOrigin);
        sampling = sampler.scheduleAtFixedRate(
                () -> rate.add(System.nanoTime(), broker.records(admin, Topics.EVENTS, partitions)),
                0,
                EVERY.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Stops sampling and returns the rate. */
    RateOverTime end() {
        sampler.shutdown();
        try {
            if (!sampler.awaitTermination(END_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new BenchException("a look for the end of the log did not end");
            }
            if (!sampling.isCancelled()) {
                sampling.get();
            }
            return rate;
        } catch (ExecutionException e) {
            throw new BenchException("the growth of the log could not be followed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while following the growth of the log", e);
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        admin.close();
    }
}
