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
import dev.tally.system.harness.UpSystem;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exact counting with many clients that retry and correct their writes, while every process is killed repeatedly. */
class ExactCountingIT {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int CLIENTS = 8;
    private static final int COUNTERS = 1_000;
    private static final int EVENTS = Options.exactEvents();
    private static final int KILLS = 4;
    private static final int FINAL_HISTORIES = 50;
    private static final Duration WAIT_MAX = Duration.ofSeconds(240);

    private static final List<ExactGuarantee> GUARANTEES = List.of(
            new CountedOnce(),
            new ReadsOwnWrites(),
            new NeverBackward(),
            new HistoryAddsUp(),
            new ExactPages(ExactClient.names(COUNTERS)));

    private final Lives lives = new Lives();

    private TallySystem system;

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldCountEachIdOnceAndReadItsOwnWritesWhenKilledInTheMiddleOfALoad() throws Exception {
        // given
        long seed = Options.seed();
        Options.say("exact: seed %d (-Dtally.seed), %d events, %d kills", seed, EVENTS, KILLS);
        system = new UpSystem("exact", Map.of("TALLY_DEDUPLICATION_WINDOW", WINDOW.toMillis() + "ms"));
        system.start();

        // when
        List<ExactClient> clients = load(seed);

        // then
        ExactRun run = settle(clients);
        judge(run);
        Options.say(
                "exact: %d events in the log: %d applied, %d duplicates, %d reused, %d overflows; %d requests, %d reads of own writes, %d receipts shown, %s",
                run.log().events().size(),
                count(run, EventOutcome.APPLIED),
                count(run, EventOutcome.DUPLICATE),
                count(run, EventOutcome.ID_REUSED),
                count(run, EventOutcome.OVERFLOW),
                run.attempts().size(),
                run.reads().size(),
                run.shown().stream().mapToInt(List::size).sum(),
                given(run));
        assertThat(given(run)).containsOnlyKeys(StateAsked.Kind.values());
        assertThat(count(run, EventOutcome.DUPLICATE)).isPositive();
        assertThat(count(run, EventOutcome.ID_REUSED)).isPositive();
        assertThat(toldReused(run)).isPositive();
        assertThat(count(run, EventOutcome.OVERFLOW)).isPositive();
    }

    private List<ExactClient> load(long seed) throws Exception {
        AtomicLong events = new AtomicLong();
        List<ExactClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                ExactClient client = new ExactClient(system, lives, i, COUNTERS, seed);
                clients.add(client);
                running.add(threads.submit(() -> run(client, events)));
            }
            Random random = new Random(seed);
            for (int kill = 1; kill <= KILLS; kill++) {
                long at = (long) (EVENTS * (kill - random.nextDouble() / 2) / (KILLS + 1));
                await("event " + at)
                        .atMost(WAIT_MAX)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> events.get() >= at);
                lives.killAndStart(system);
            }
            for (Future<?> each : running) {
                each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return clients;
    }

    private void run(ExactClient client, AtomicLong events) {
        while (events.get() < EVENTS) {
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

    private ExactRun settle(List<ExactClient> clients) {
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            LogModel log = new LogModel(topic.events(), system.partitions(), WINDOW);
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

    private static void judge(ExactRun run) {
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
    private static Map<StateAsked.Kind, Long> given(ExactRun run) {
        return run.asked().stream()
                .filter(StateAsked::isGiven)
                .collect(Collectors.groupingBy(StateAsked::kind, TreeMap::new, Collectors.counting()));
    }

    /** The number of writes that waited and were answered with {@code id_reused}. */
    private static long toldReused(ExactRun run) {
        return run.attempts().stream()
                .filter(attempt ->
                        attempt.answer() != null && attempt.answer().code().equals("id_reused"))
                .count();
    }

    private static long count(ExactRun run, EventOutcome outcome) {
        return run.log().events().stream()
                .filter(event -> run.log().outcome(event.receipt()) == outcome)
                .count();
    }
}
