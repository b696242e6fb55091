package dev.tally.streams.runtime;

import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.RegistryUnavailableException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.registry.SchemaIds;
import dev.tally.schemas.topic.TopicMismatchException;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.streams.state.log.LogMismatchException;
import dev.tally.streams.state.log.LogUnavailableException;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology on this instance. It waits for Kafka, verifies the topics and the schemas, counts, and monitors its group
 * membership and the log's end. An unrecoverable error (a dead stream thread, topics that are not as defined) completes
 * {@link #failure}. The process must then end, or stop its reads from this runtime, which would return outdated totals.
 *
 * <p>Safe for use by any thread. {@link #start} returns at once; {@link #close} waits, in bounded time.
 */
public final class StreamsRuntime implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamsRuntime.class);
    private static final Duration STARTER_TIMEOUT = Duration.ofSeconds(20);
    private static final long WATCH_INTERVAL_MILLIS = 250;

    private final ServingStores serving;
    private final StalledPartitions stalls;
    private final Startup startup;
    private final StreamsFactory factory;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final CompletableFuture<KafkaStreams> created = new CompletableFuture<>();
    private final ScheduledExecutorService watcher;

    private @Nullable Thread starter;
    private volatile @Nullable StreamsInstance running;
    private volatile boolean closed;

    /**
     * @param schemas finds the schemas of events and provides the schema ID of totals; not closed by this class
     * @param limit the last offsets that may be processed; not shared with another runtime
     * @param rate how fast it may process; not shared with another runtime
     * @param feeds whether this runtime writes the public feeds
     * @param memory the bound on RocksDB's memory, shared with the other runtimes of the process; not closed by this class
     */
    public StreamsRuntime(
            SchemaDirectory schemas,
            ServingStores serving,
            CountingMetrics metrics,
            OffsetLimit limit,
            EventRate rate,
            Feeds feeds,
            StateMemory memory) {
        this.serving = serving;
        this.stalls = new StalledPartitions(schemas::ask, System::nanoTime);
        this.startup = new Startup(schemas, this::isClosed);
        this.factory = new StreamsFactory(schemas, stalls, serving, metrics, limit, rate, feeds, memory);
        this.watcher = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "streams-watcher"));
    }

    /** Starts to wait for Kafka and then to count, on its own threads. Called once. */
    public synchronized void start(RuntimeOptions options) {
        if (!closed) {
            starter = new Thread(() -> run(options), "streams-starter");
            starter.start();
        }
    }

    /**
     * Completes exceptionally with the unrecoverable error that ended counting, an {@link UnusableStateException} if the operator
     * can count again beside it; never completes otherwise.
     */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** Whether counting runs and its partitions are restored. */
    public boolean isRunning() {
        StreamsInstance now = running;
        return now != null && !failure.isDone() && now.streams().state() == KafkaStreams.State.RUNNING;
    }

    /** A short readable description of the state of the startup or of counting. */
    public String condition() {
        String refusal = failure.handle(
                        (nothing, why) -> why instanceof RefusedException || why instanceof UnusableStateException
                                ? String.valueOf(why.getMessage())
                                : "")
                .getNow("");
        StreamsInstance now = running;
        if (!refusal.isEmpty()) {
            return refusal;
        }
        if (now == null) {
            return startup.waitingFor();
        }
        return switch (now.streams().state()) {
            case RUNNING -> "running, " + serving.partitions().size() + " partitions";
            case CREATED, REBALANCING ->
                "rebalancing or restoring, " + serving.partitions().size() + " partitions ready";
            case PENDING_SHUTDOWN, NOT_RUNNING -> "stopped";
            case PENDING_ERROR, ERROR -> "failed";
        };
    }

    /** Whether this instance holds the membership lease: the group coordinator responded recently. */
    public boolean isMember() {
        StreamsInstance now = running;
        return now != null && now.isMember();
    }

    /** A short readable reason why a partition is stalled; null if it is not. */
    public @Nullable String stall(int partition) {
        return stalls.of(partition);
    }

    /** The reason why the first stalled partition is stalled; null if none is. */
    public @Nullable String stall() {
        return stalls.any();
    }

    public int stalledPartitions() {
        return stalls.count();
    }

    /** The log's end as last looked up; null while it is unknown. */
    public LogEnd.@Nullable Ends logEnd() {
        StreamsInstance now = running;
        return now == null ? null : now.logEnd();
    }

    /** The total lag of the partitions served by this instance, in records; NaN while it is unknown. */
    public double lag() {
        CountedRecords now = counted();
        return now == null ? Double.NaN : now.lag();
    }

    /** How far the partitions served by this instance are counted; null while the log's end is unknown. */
    public @Nullable CountedRecords counted() {
        LogEnd.Ends ends = logEnd();
        if (ends == null) {
            return null;
        }
        long counted = 0;
        long log = 0;
        for (int partition : serving.partitions()) {
            ServingStores.Lease lease = serving.lease(partition);
            if (lease != null) {
                long applied = lease.view().position().offset();
                counted += applied + 1;
                log += applied + 1 + ends.lag(partition, applied, applied);
            }
        }
        return new CountedRecords(counted, log);
    }

    /** The log end offsets: by partition, the offset of the next record. Queries Kafka, so it may fail. */
    public CompletionStage<long[]> logEnds() {
        StreamsInstance now = running;
        return now == null ? notRunning() : now.offsets().ends();
    }

    /** By partition, the offset before which all records can be counted. Queries Kafka, so it may fail. */
    public CompletionStage<long[]> readableEnds() {
        StreamsInstance now = running;
        return now == null ? notRunning() : now.offsets().readable();
    }

    /** The committed offsets of counting: by partition, the offset of the next record. Queries Kafka, so it may fail. */
    public CompletionStage<long[]> committedOffsets() {
        StreamsInstance now = running;
        return now == null ? notRunning() : now.offsets().committed();
    }

    private static CompletionStage<long[]> notRunning() {
        return CompletableFuture.failedFuture(new IllegalStateException("Kafka Streams is not running"));
    }

    /** The partition ownership as last reported to this instance. */
    public Owners owners() {
        StreamsInstance now = running;
        return now == null ? Owners.NONE : now.owners();
    }

    /** Completes with the {@code KafkaStreams} when it is created, for its metrics. */
    public CompletableFuture<KafkaStreams> created() {
        return created;
    }

    private boolean isClosed() {
        return closed;
    }

    private void run(RuntimeOptions options) {
        try {
            Admin admin = Admin.create(options.admin());
            boolean started = false;
            try {
                startup.awaitTopics(options, admin);
                started = startStreams(options, admin, startup.awaitIds());
            } finally {
                if (!started) {
                    admin.close(Duration.ZERO);
                }
            }
        } catch (LogMismatchException e) {
            failure.completeExceptionally(ThreadFailure.of(e));
        } catch (TopicMismatchException | RegistryRefusedException e) {
            failure.completeExceptionally(RefusedException.of(e));
        } catch (RuntimeException | Error e) {
            if (!closed) {
                failure.completeExceptionally(e);
            }
        }
    }

    private synchronized boolean startStreams(RuntimeOptions options, Admin admin, @Nullable SchemaIds ids) {
        if (closed || ids == null) {
            return false;
        }
        startup.done();
        StreamsInstance instance = factory.create(options, admin, ids, this::isClosed);
        KafkaStreams streams = instance.streams();
        streams.setUncaughtExceptionHandler(this::died);
        streams.setStateListener((state, before) -> {
            instance.changedTo(state);
            if (state == KafkaStreams.State.ERROR) {
                failure.completeExceptionally(new IllegalStateException("Kafka Streams stopped with an error"));
            }
        });
        running = instance;
        created.complete(streams);
        streams.start();
        var unused = watcher.scheduleWithFixedDelay(
                () -> watch(instance), 0, WATCH_INTERVAL_MILLIS, TimeUnit.MILLISECONDS); // it never throws
        return true;
    }

    private StreamThreadExceptionResponse died(Throwable thrown) {
        if (ThreadFailure.hasCause(thrown, LogUnavailableException.class)) {
            LOGGER.warn("State check against the log failed; replacing the stream thread to retry", thrown);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (ThreadFailure.hasCause(thrown, RegistryUnavailableException.class)) {
            // The event was admitted, but its schema was evicted before the event was counted, because more schemas
            // were
            // in flight than the cache holds. A new thread reads the event again, with a new consumer.
            stalls.clear();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failure.completeExceptionally(ThreadFailure.of(thrown));
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void watch(StreamsInstance now) {
        try {
            now.refresh(applied(now.partitions()), this::logIsShorter);
        } catch (RuntimeException e) {
            LOGGER.debug("Streams monitor tick failed while Streams starts or stops; continuing", e);
        }
    }

    private long[] applied(int partitions) {
        long[] applied = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            ServingStores.Lease lease = serving.lease(partition);
            applied[partition] = lease == null ? -1 : lease.view().position().offset();
        }
        return applied;
    }

    private void logIsShorter(String sentence) {
        failure.completeExceptionally(new UnusableStateException(sentence, true));
    }

    /** Stops cleanly for a restart. The static membership is kept: a restart within the session timeout causes no rebalance. */
    @Override
    public void close() {
        close(false, false);
    }

    /**
     * Stops for good: leaves the group.
     *
     * @param deletesState whether the state of this generation on this machine is deleted too
     */
    public void leave(boolean deletesState) {
        close(true, deletesState);
    }

    private void close(boolean leavesGroup, boolean deletesState) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        watcher.shutdownNow();
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
            join(starting);
        }
        StreamsInstance now = running;
        if (now != null) {
            now.close(leavesGroup, deletesState);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(STARTER_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
