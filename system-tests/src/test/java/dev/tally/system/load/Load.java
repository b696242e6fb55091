package dev.tally.system.load;

import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Api;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Http;
import dev.tally.system.guarantee.Observed;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.Written;
import dev.tally.system.guarantee.Written.Outcome;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writers and readers that run continuously, each sending its next request when the previous one is answered, during any
 * failure of the system. They record every result. A client that gets no answer waits until the service is alive again.
 */
public final class Load implements AutoCloseable {
    private static final int WRITERS = 4;
    private static final int READERS = 2;
    /** Enough for every suite. The clients stop after this number of requests in total. */
    private static final int REMEMBERED_MAX = 400_000;

    private static final long REST_MILLIS = 25;
    private static final Duration WAIT_MAX = Duration.ofSeconds(240);

    private final TallySystem system;
    private final Counters counters;
    private final Api api;
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
    private final List<Future<?>> clients = new ArrayList<>();
    private final Queue<Written> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Observed> reads = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong answeredReads = new AtomicLong();
    private final AtomicInteger remembered = new AtomicInteger();
    private final AtomicInteger life = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean lastReadWasNotReady;

    private Load(TallySystem system, Counters counters) {
        this.system = system;
        this.counters = counters;
        this.api = new Api(system);
    }

    /** @param seed decides what each client does, but not how the clients interleave */
    public static Load start(TallySystem system, String namespace, long seed) {
        Load load = new Load(system, new Counters(namespace));
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(load.api, load.counters, seed, i);
            load.clients.add(load.threads.submit(() -> load.write(writer)));
        }
        for (int i = 0; i < READERS; i++) {
            Random random = new Random(seed + WRITERS + i);
            load.clients.add(load.threads.submit(() -> load.read(random)));
        }
        return load;
    }

    /** The number of acknowledged requests to write. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** The number of reads answered with a total, or with unknown. */
    public long answeredReads() {
        return answeredReads.get();
    }

    /** The number of requests to write that have completed, with any result. */
    public long written() {
        return writes.size();
    }

    /** The number of requests to write that have completed with that code. */
    public long written(String code) {
        return writes.stream().filter(each -> each.code().equals(code)).count();
    }

    public boolean lastReadWasNotReady() {
        return lastReadWasNotReady;
    }

    /** Waits until this number of further requests to write is acknowledged, and a read is answered. */
    public void awaitProgress(long requests) {
        long target = acknowledged() + requests;
        long reads = answeredReads() + 1;
        await(requests + " more acknowledged writes and a read")
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    failIfAClientFailed();
                    return acknowledged() >= target && answeredReads() >= reads;
                });
    }

    /** Marks the start of another life of the system. */
    public void nextLife() {
        life.incrementAndGet();
    }

    /** Stops the clients, waits until the system has applied the whole log, and returns everything known about the run. */
    public Run settle() {
        stop();
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions(), system.registry())) {
            LogModel log = new LogModel(topic.events(), system.partitions());
            List<CounterRead> finals = new Settled(api, log).reads(counters.all());
            return new Run(List.copyOf(writes), List.copyOf(reads), finals, log);
        }
    }

    private void stop() {
        stopped.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("A client has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        failIfAClientFailed();
    }

    private void failIfAClientFailed() {
        for (Future<?> client : clients) {
            if (client.isDone()) {
                try {
                    client.get();
                } catch (Exception e) {
                    throw new AssertionError("A client failed", e);
                }
            }
        }
    }

    private boolean goesOn() {
        return !isStopped() && remembered.incrementAndGet() < REMEMBERED_MAX;
    }

    private void write(Writer writer) {
        while (goesOn()) {
            Written written = writer.write();
            writes.add(written);
            if (written.outcome() == Outcome.ACKNOWLEDGED) {
                acknowledged.incrementAndGet();
            } else if (written.code().equals("not_sent") || written.code().equals("no_answer")) {
                awaitListener(system.writeUrl());
            } else {
                restAfterARefusal();
            }
        }
    }

    private void read(Random random) {
        while (goesOn()) {
            int before = life.get();
            long start = System.nanoTime();
            try {
                CounterRead read = api.read(counters.toRead(random));
                reads.add(new Observed(read, before, Duration.ofNanos(System.nanoTime() - start)));
                lastReadWasNotReady = read.code().equals("not_ready");
                if (read.isFound() || read.isUnknown()) {
                    answeredReads.incrementAndGet();
                } else {
                    restAfterARefusal();
                }
            } catch (IOException nobodyThere) {
                awaitListener(system.readUrl());
            }
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** After a refusal, a client pauses before it sends its next request. A starting system needs the processor. */
    private void restAfterARefusal() {
        try {
            stopped.await(REST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    private void awaitListener(URI url) {
        await("somebody at " + url)
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isStopped() || Http.statusOrZero(url.resolve("/livez")) == 200);
    }

    @Override
    public void close() {
        stopped.countDown();
        threads.shutdownNow();
    }
}
