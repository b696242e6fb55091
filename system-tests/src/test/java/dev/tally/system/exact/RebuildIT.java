package dev.tally.system.exact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.GenerationsJson;
import dev.tally.schemas.generation.Phase;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.Options;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.EventTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rebuild of the totals from the log, a rollback and a deletion, under writes and reads of every kind. */
class RebuildIT {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int CLIENTS = 4;
    private static final int EVENTS_FIRST = 20_000;
    private static final int EVENTS_BETWEEN = 1_000;
    private static final Duration CHANGE_MAX = Duration.ofSeconds(120);

    private UpSystem system;
    private ExactLoad load;

    @AfterEach
    void close() {
        if (load != null) {
            load.close();
        }
        system.close();
    }

    @Test
    void shouldSwitchGenerationsWithoutAFailedOrBackwardReadAndWithOneFeed() throws Exception {
        // given
        start();

        // when
        CommandRun rebuild = system.tally("rebuild", "--yes");
        more();
        CommandRun second = system.tally("rebuild", "--yes");
        CommandRun rollback = system.tally("rollback");
        more();
        CommandRun drop = system.tally("drop", "g2");
        CommandRun again = system.tally("rebuild", "--yes");
        more();
        ExactRun run = load.settle();

        // then
        assertThat(rebuild.out()).as(rebuild.err()).startsWith("Generation g2 is live");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("Generation g1 is kept: delete it first with scripts/tally drop g1");
        assertThat(rollback.out()).as(rollback.err()).startsWith("Generation g1 is live");
        assertThat(drop.out()).as(drop.err()).startsWith("Generation g2 is deleted");
        assertThat(again.out()).as(again.err()).startsWith("Generation g3 is live");
        assertThat(run.reads())
                .filteredOn(read -> read.read().code().equals("not_ready"))
                .isEmpty();
        judge(run);
    }

    @Test
    void shouldGoOnAfterAKillInEachPhase() throws Exception {
        // given
        start();
        assertThat(system.tally("generations").exitCode()).isZero();

        // when
        requestRebuild();
        for (Phase phase : List.of(Phase.COUNTING, Phase.COMPARING, Phase.STOPPING, Phase.MOVING)) {
            Change before = generations().change();
            if (before != null) {
                awaitPhaseOrEnd(phase);
                load.killAndStart();
            }
        }
        awaitEnd();
        Generations after = generations();
        more();
        ExactRun run = load.settle();

        // then
        assertThat(after.change()).isNull();
        assertThat(after.live()).isEqualTo("g2");
        judge(run);
    }

    private void start() {
        long seed = Options.seed();
        Options.say("rebuild: seed %d (-Dtally.seed)", seed);
        system = new UpSystem("rebuild", Map.of("TALLY_DEDUPLICATION_WINDOW", WINDOW.toMillis() + "ms"));
        system.start();
        load = new ExactLoad(system, WINDOW, CLIENTS, seed);
        load.awaitEvents(EVENTS_FIRST);
    }

    private void more() {
        load.awaitEvents(load.events() + EVENTS_BETWEEN);
    }

    private void judge(ExactRun run) throws Exception {
        ExactLoad.judge(run);
        assertThat(Feeds.violations(system, run.log()).stream().limit(20)).isEmpty();
    }

    /** The command only waits for the end; here it is not wanted to. */
    private void requestRebuild() {
        Thread command = new Thread(() -> {
            try {
                var unused = system.tally("rebuild", "--yes");
            } catch (AssertionError | RuntimeException ended) {
                // the system is killed under it
            }
        });
        command.setDaemon(true);
        command.start();
        await("the request").atMost(CHANGE_MAX).until(() -> generations().isChanging());
    }

    private void awaitPhaseOrEnd(Phase phase) {
        await(phase.toString())
                .atMost(CHANGE_MAX)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    Change change = generations().change();
                    return change == null || change.phase() == phase;
                });
    }

    private void awaitEnd() {
        await("the end of the change")
                .atMost(CHANGE_MAX)
                .until(() -> !generations().isChanging());
    }

    private Generations generations() {
        try (EventTopic topic = new EventTopic(system.kafka(), 1)) {
            Generations last = null;
            for (ConsumerRecord<byte[], byte[]> record : topic.records(Topics.GENERATIONS)) {
                if (new String(record.key(), UTF_8).equals("generations")) {
                    last = GenerationsJson.read(record.value());
                }
            }
            assertThat(last).isNotNull();
            return last;
        }
    }
}
