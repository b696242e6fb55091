package dev.tally.system;

import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Http;
import dev.tally.system.guarantee.AcknowledgedIsCounted;
import dev.tally.system.guarantee.ExactCountAtReceipt;
import dev.tally.system.guarantee.Guarantee;
import dev.tally.system.guarantee.HonestAnswers;
import dev.tally.system.guarantee.NeverAWrongZero;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.UnacknowledgedAddsAtMostItself;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Repeated {@code kill -9} of every process while clients write and read. */
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class KillIT {
    private static final int ACKNOWLEDGED_BEFORE_A_KILL_MAX = 1_500;
    private static final int STARTING_MILLIS_MAX = 5_000;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    /** Reads may be refused until the service is ready, and writes until Kafka is available. */
    private static final Guarantee HONEST_ANSWERS = new HonestAnswers(
            Set.of("not_sent", "no_answer", "kafka_unavailable", "unconfirmed"), Set.of("not_ready"), ANSWER_MAX);

    @Parameter
    SetUp setUp;

    private TallySystem system;

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldKeepWhatItAcknowledgedAndReadExactlyWhenKilledInTheMiddleOfALoad() throws IOException {
        // given
        long seed = Options.seed();
        int rounds = Options.killRounds();
        Options.say("kill -9, %s: seed %d (-Dtally.seed), %d rounds (-Dtally.kill.rounds)", setUp, seed, rounds);
        Random random = new Random(seed);
        system = setUp.create("kill");
        system.start();

        // when
        Run run;
        try (Load load = Load.start(system, "kill", seed)) {
            for (int round = 1; round <= rounds; round++) {
                load.awaitProgress(100 + random.nextInt(ACKNOWLEDGED_BEFORE_A_KILL_MAX));
                kill(load);
                if (round == 2) {
                    system.loseState();
                }
                if (random.nextBoolean()) {
                    system.launch();
                    awaitSomePointOfTheStart(random.nextInt(STARTING_MILLIS_MAX));
                    kill(load);
                }
                system.start();
            }
            load.awaitProgress(200);
            run = load.settle();
        }

        // then
        say(run);
        Guarantee.judge(
                run,
                new AcknowledgedIsCounted(),
                new UnacknowledgedAddsAtMostItself(),
                new ExactCountAtReceipt(),
                new NeverAWrongZero(),
                HONEST_ANSWERS);
    }

    private void kill(Load load) {
        system.kill();
        load.nextLife();
    }

    private void awaitSomePointOfTheStart(int millis) {
        long start = System.nanoTime();
        await("some point of the start")
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofMillis(STARTING_MILLIS_MAX * 2L))
                .until(() -> System.nanoTime() - start >= millis * 1_000_000L
                        || Http.statusOrZero(system.readUrl().resolve("/readyz")) == 200);
    }

    private void say(Run run) {
        Options.say("kill -9, %s: %s", setUp, Figures.of(run));
    }
}
