package dev.tally.system.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.system.Options;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.LogModel.EventOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exact counting with many clients that retry and correct their writes, while every process is killed repeatedly. */
class ExactCountingIT {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int CLIENTS = 8;
    private static final int EVENTS = Options.exactEvents();
    private static final int KILLS = 4;

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
        ExactRun run = load(seed);

        // then
        ExactLoad.judge(run);
        Options.say(
                "exact: %d events in the log: %d applied, %d duplicates, %d reused, %d overflows; %d requests, %d reads of own writes, %d receipts shown, %s",
                run.log().events().size(),
                ExactLoad.count(run, EventOutcome.APPLIED),
                ExactLoad.count(run, EventOutcome.DUPLICATE),
                ExactLoad.count(run, EventOutcome.ID_REUSED),
                ExactLoad.count(run, EventOutcome.OVERFLOW),
                run.attempts().size(),
                run.reads().size(),
                run.shown().stream().mapToInt(List::size).sum(),
                ExactLoad.given(run));
        assertThat(ExactLoad.given(run)).containsOnlyKeys(StateAsked.Kind.values());
        assertThat(ExactLoad.count(run, EventOutcome.DUPLICATE)).isPositive();
        assertThat(ExactLoad.count(run, EventOutcome.ID_REUSED)).isPositive();
        assertThat(toldReused(run)).isPositive();
        assertThat(ExactLoad.count(run, EventOutcome.OVERFLOW)).isPositive();
    }

    private ExactRun load(long seed) throws Exception {
        try (ExactLoad load = new ExactLoad(system, WINDOW, CLIENTS, seed)) {
            Random random = new Random(seed);
            for (int kill = 1; kill <= KILLS; kill++) {
                load.awaitEvents((long) (EVENTS * (kill - random.nextDouble() / 2) / (KILLS + 1)));
                load.killAndStart();
            }
            load.awaitEvents(EVENTS);
            return load.settle();
        }
    }

    /** The number of writes that waited and were answered with {@code id_reused}. */
    private static long toldReused(ExactRun run) {
        return run.attempts().stream()
                .filter(attempt ->
                        attempt.answer() != null && attempt.answer().code().equals("id_reused"))
                .count();
    }
}
