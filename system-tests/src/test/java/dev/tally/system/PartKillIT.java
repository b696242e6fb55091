package dev.tally.system;

import dev.tally.system.guarantee.AcknowledgedIsCounted;
import dev.tally.system.guarantee.ExactCountAtReceipt;
import dev.tally.system.guarantee.Guarantee;
import dev.tally.system.guarantee.HonestAnswers;
import dev.tally.system.guarantee.NeverAWrongZero;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.UnacknowledgedAddsAtMostItself;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.load.Load;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of one service after another, while the other processes keep running. */
class PartKillIT {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private PartsSystem system;

    @BeforeEach
    void start() {
        system = new PartsSystem("part-kill");
        system.start();
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldKeepWhatItAcknowledgedAndReadExactlyWhenOnePartIsKilledUnderLoad() {
        // given
        long seed = Options.seed();
        Options.say("kill -9 of one part: seed %d (-Dtally.seed)", seed);
        Random random = new Random(seed);

        // when
        Run run;
        try (Load load = Load.start(system, "part-kill", seed)) {
            for (String part :
                    List.of(PartsSystem.STREAMS, PartsSystem.INGEST, PartsSystem.QUERY, PartsSystem.STREAMS)) {
                load.awaitProgress(100 + random.nextInt(1_000));
                system.kill(part);
                load.nextLife();
                system.launch(part);
                system.awaitReady();
            }
            load.awaitProgress(200);
            run = load.settle();
        }

        // then
        Options.say("kill -9 of one part: %s", Figures.of(run));
        Guarantee.judge(
                run,
                new AcknowledgedIsCounted(),
                new UnacknowledgedAddsAtMostItself(),
                new ExactCountAtReceipt(),
                new NeverAWrongZero(),
                new HonestAnswers(
                        Set.of("not_sent", "no_answer", "kafka_unavailable"), Set.of("not_ready"), ANSWER_MAX));
    }
}
