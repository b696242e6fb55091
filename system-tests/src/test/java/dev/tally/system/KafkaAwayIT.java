package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.client.Hit;
import dev.tally.system.guarantee.AcknowledgedIsCounted;
import dev.tally.system.guarantee.ExactCountAtReceipt;
import dev.tally.system.guarantee.Guarantee;
import dev.tally.system.guarantee.HonestAnswers;
import dev.tally.system.guarantee.NeverAWrongZero;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.UnacknowledgedAddsAtMostItself;
import dev.tally.system.harness.Heap;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.load.Load;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Kafka becomes unavailable and returns under load. No answer is wrong, and the system recovers without intervention. */
class KafkaAwayIT {
    /** Longer than the session timeout of a group member and than the transaction timeout. */
    private static final Duration AWAY = Duration.ofSeconds(15);

    private static final Duration AWAY_MAX = Duration.ofSeconds(60);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final int EVENTS_A_BATCH = 10_000;
    private static final int BATCHES = 24;
    private static final double MIB_MORE_MAX = 192;

    private static PartsSystem system;

    @BeforeAll
    static void start() {
        system = new PartsSystem("kafka-away");
        system.start();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void shouldSayOnlyWhatIsSoWhenKafkaIsKilledAndFrozenUnderLoad() {
        // given
        long seed = Options.seed();
        Options.say("Kafka away: seed %d (-Dtally.seed)", seed);
        Map<String, Long> pids = servicePids();

        // when
        Run run;
        try (Load load = Load.start(system, "away", seed)) {
            load.awaitProgress(300);
            system.kill(PartsSystem.BROKER);
            awaitAway(load);
            system.launch(PartsSystem.BROKER);
            load.awaitProgress(300);
            system.suspend(PartsSystem.BROKER);
            awaitAway(load);
            system.resume(PartsSystem.BROKER);
            load.awaitProgress(300);
            run = load.settle();
        }

        // then
        Options.say("Kafka away: %s", Figures.of(run));
        assertThat(servicePids()).as("the services recover by themselves").isEqualTo(pids);
        Guarantee.judge(
                run,
                new AcknowledgedIsCounted(),
                new UnacknowledgedAddsAtMostItself(),
                new ExactCountAtReceipt(),
                new NeverAWrongZero(),
                new HonestAnswers(
                        Set.of("kafka_unavailable", "unconfirmed", "overloaded"), Set.of("not_ready"), ANSWER_MAX));
    }

    @Test
    void shouldRefuseAsOverloadedAndHoldNoMoreWhenTooMuchWaitsForKafka() throws Exception {
        // given
        URI ingest = system.writeUrl();
        Api api = new Api(system);
        List<Hit> batch = Collections.nCopies(EVENTS_A_BATCH, new Hit(CounterName.of("away", "flood"), 1, ""));
        assertThat(api.post(batch, BatchForm.NDJSON).status()).isEqualTo(202);
        double before = Heap.usedMib(system.processes().get(PartsSystem.INGEST), ingest);

        // when
        system.suspend(PartsSystem.BROKER);
        Map<String, Long> answers;
        double during;
        ExecutorService clients = Executors.newFixedThreadPool(BATCHES);
        try {
            List<Future<Answer>> posts = new ArrayList<>();
            Callable<Answer> post = () -> api.post(batch, BatchForm.NDJSON);
            for (int i = 0; i < BATCHES; i++) {
                posts.add(clients.submit(post));
            }
            await("a refusal").atMost(ANSWER_MAX).until(() -> posts.stream().anyMatch(Future::isDone));
            during = Heap.usedMib(system.processes().get(PartsSystem.INGEST), ingest);
            answers = codes(posts);
        } finally {
            clients.shutdownNow();
            system.resume(PartsSystem.BROKER);
        }

        // then
        assertThat(answers.keySet()).isSubsetOf("overloaded", "kafka_unavailable", "unconfirmed");
        assertThat(answers).containsKey("overloaded");
        assertThat(during).isLessThan(before + MIB_MORE_MAX);
        await("recovery")
                .atMost(AWAY_MAX)
                .until(() -> api.postEmpty(CounterName.of("away", "after")).status() == 202);
        Options.say(
                "Kafka away: %d batches of %d events at once: %s, heap after GC %.0f MiB (before: %.0f)",
                BATCHES, EVENTS_A_BATCH, answers, during, before);
    }

    /** Waits for at least {@code AWAY}, and until writers and readers have received refusals. */
    private static void awaitAway(Load load) {
        long start = System.nanoTime();
        long refused = load.written("kafka_unavailable");
        await("refusals while Kafka is away")
                .atMost(AWAY_MAX)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> System.nanoTime() - start > AWAY.toNanos()
                        && load.written("kafka_unavailable") > refused
                        && load.lastReadWasNotReady());
    }

    private static Map<String, Long> servicePids() {
        return system.processes().entrySet().stream()
                .filter(each -> !each.getKey().equals(PartsSystem.BROKER))
                .filter(each -> each.getValue().isAlive())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().pid()));
    }

    private static Map<String, Long> codes(List<Future<Answer>> posts) throws Exception {
        List<String> codes = new ArrayList<>();
        for (Future<Answer> post : posts) {
            Answer answer = post.get();
            codes.add(answer.status() == 503 ? answer.code() : Integer.toString(answer.status()));
        }
        return codes.stream().collect(Collectors.groupingBy(code -> code, Collectors.counting()));
    }
}
