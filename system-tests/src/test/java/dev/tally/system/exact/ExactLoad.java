package dev.tally.system.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.Options;
import dev.tally.system.client.Api;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Http;
import dev.tally.system.guarantee.ExactCountAtReceipt;
import dev.tally.system.guarantee.NeverAWrongZero;
import dev.tally.system.guarantee.Observed;
import dev.tally.system.guarantee.Run;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import dev.tally.system.log.LogModel.EventOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Clients that retry and correct their writes, and what is judged of them when they have ended. */
final class ExactLoad implements AutoCloseable {
    static final int COUNTERS = 1_000;
    private static final int FINAL_HISTORIES = 50;
    private static final long PACE_NANOS = 1_000_000;
    private static final Duration WAIT_MAX = Duration.ofSeconds(240);

    private static final List<ExactGuarantee> GUARANTEES = List.of(
            new CountedOnce(),
            new ReadsOwnWrites(),
            new NeverBackward(),
            new HistoryAddsUp(),
            new ExactPages(ExactClient.names(COUNTERS)));

    private final TallySystem system;
    private final Duration window;
    private final Lives lives = new Lives();
    private final AtomicLong events = new AtomicLong();
    private final List<ExactClient> clients = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads;
    private final int eventsPerSecond;
    private final long began = System.nanoTime();
    /** The end of the log before the clients began. */
    private final Map<Integer, Long> start;

    private volatile boolean stopped;

    /** @param window the deduplication window of the system */
    ExactLoad(TallySystem system, Duration window, int clientCount, long seed) {
        this(system, window, clientCount, seed, Integer.MAX_VALUE);
    }

    /** @param eventsPerSecond the greatest mean rate of all clients */
    ExactLoad(TallySystem system, Duration window, int clientCount, long seed, int eventsPerSecond) {
        this.system = system;
        this.window = window;
        this.eventsPerSecond = eventsPerSecond;
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            this.start = topic.ends();
        }
        this.threads = Executors.newFixedThreadPool(clientCount);
        for (int i = 0; i < clientCount; i++) {
            ExactClient client = new ExactClient(system, lives, i, COUNTERS, seed);
            clients.add(client);
            running.add(threads.submit(() -> run(client)));
        }
    }

    /** Waits until the clients have added so many events in all. */
    void awaitEvents(long count) {
        await("event " + count)
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    failIfAClientFailed();
                    return events.get() >= count;
                });
    }

    long events() {
        return events.get();
    }

    void killAndStart() {
        lives.killAndStart(system);
    }

    private void failIfAClientFailed() throws Exception {
        for (Future<?> client : running) {
            if (client.isDone()) {
                client.get();
            }
        }
    }

    private void run(ExactClient client) {
        while (!stopped) {
            if (isAhead()) {
                LockSupport.parkNanos(PACE_NANOS);
                continue;
            }
            int before = client.attempts.size();
            int more = client.step();
            boolean refused = client.attempts.subList(before, client.attempts.size()).stream()
                    .noneMatch(Write.Attempt::isAcknowledged);
            if (refused) {
                await("somebody who listens")
                        .atMost(WAIT_MAX)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> Http.statusOrZero(system.writeUrl().resolve("/readyz")) == 200);
            } else {
                events.addAndGet(more);
            }
        }
    }

    private boolean isAhead() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return events.get() > seconds * eventsPerSecond;
    }

    /** Ends the clients, waits until everything is counted, and returns all that is known. */
    ExactRun settle() throws Exception {
        stopped = true;
        for (Future<?> each : running) {
            each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        }
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            LogModel log = new LogModel(topic.events(start), system.partitions(), window);
            List<CounterRead> finals = new Settled(new Api(system), log).reads(ExactClient.names(COUNTERS));
            return new ExactRun(
                    clients.stream().flatMap(client -> client.attempts.stream()).toList(),
                    clients.stream().flatMap(client -> client.reads.stream()).toList(),
                    Stream.concat(clients.stream().flatMap(client -> client.asked.stream()), inTheEnd(finals).stream())
                            .toList(),
                    clients.stream().map(client -> client.shown.answers).toList(),
                    finals,
                    log);
        }
    }

    /** Every step of some counters' histories as of one receipt. No client writes any more. */
    private List<StateAsked> inTheEnd(List<CounterRead> finals) {
        StateQuestions questions = new StateQuestions(system, new Random(Options.seed()), new Shown.ToClient(lives));
        return finals.stream()
                .filter(CounterRead::isFound)
                .limit(FINAL_HISTORIES)
                .flatMap(read -> questions.histories(read.counter(), String.valueOf(read.receipt())).stream())
                .toList();
    }

    static void judge(ExactRun run) {
        Run reads = new Run(
                List.of(),
                run.reads().stream()
                        .map(read -> new Observed(read.read(), 0, Duration.ZERO))
                        .toList(),
                run.finals(),
                run.log());
        List<String> violations = new ArrayList<>();
        for (ExactGuarantee guarantee : GUARANTEES) {
            violations.addAll(guarantee.violations(run));
        }
        violations.addAll(new ExactCountAtReceipt().violations(reads));
        violations.addAll(new NeverAWrongZero().violations(reads));
        for (CounterRead read : run.finals()) {
            var expected = run.log().total(read.counter());
            Long total = read.total();
            if (expected.isPresent() ? total == null || total != expected.getAsLong() : !read.isUnknown()) {
                violations.add("in the end " + read + " (expected: " + expected + ")");
            }
        }
        assertThat(violations.stream().limit(20))
                .as(violations.size() + " violations")
                .isEmpty();
    }

    /** The number of reads of each kind that were answered. */
    static Map<StateAsked.Kind, Long> given(ExactRun run) {
        return run.asked().stream()
                .filter(StateAsked::isGiven)
                .collect(Collectors.groupingBy(StateAsked::kind, TreeMap::new, Collectors.counting()));
    }

    static long count(ExactRun run, EventOutcome outcome) {
        return run.log().events().stream()
                .filter(event -> run.log().outcome(event.receipt()) == outcome)
                .count();
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
