package dev.tally.system.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.Options;
import dev.tally.system.client.Http;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.EventTopic;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A rebuild of a log of a year, with a short deduplication window, while clients write and read: audits before, during and after
 * it agree, and every answer across the switch, the rollback and the deletion is right.
 */
class LargeRebuildIT {
    private static final int EVENTS = Options.rebuildEvents();
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int CLIENTS = 4;
    private static final int WRITES_PER_SECOND = 1_000;
    private static final Duration COUNTED_MAX = Duration.ofSeconds(240);
    private static final Duration CHANGE_MAX = Duration.ofSeconds(180);

    private final ExecutorService command = Executors.newSingleThreadExecutor();
    private final long began = System.nanoTime();
    private UpSystem system;
    private ExactLoad load;

    @AfterEach
    void close() {
        command.shutdownNow();
        if (load != null) {
            load.close();
        }
        system.close();
    }

    @Test
    void shouldRebuildALogOfAYearUnderWritesAndReads() throws Exception {
        // given
        long seed = Options.seed();
        Options.say("large rebuild: seed %d (-Dtally.seed), %,d events (-Dtally.rebuild.events)", seed, EVENTS);
        system = new UpSystem("large-rebuild", Map.of("TALLY_DEDUPLICATION_WINDOW", WINDOW.toSeconds() + "s"));
        system.start();
        new PastYear(EVENTS, seed).write(system.kafka());
        say("written");
        awaitCounted();
        say("counted");
        CommandRun before = audit();
        say("audited");
        load = new ExactLoad(system, WINDOW, CLIENTS, seed, WRITES_PER_SECOND);
        load.awaitEvents(2 * WRITES_PER_SECOND);

        // when
        CompletableFuture<CommandRun> rebuild =
                CompletableFuture.supplyAsync(() -> system.tally("rebuild", "--yes"), command);
        CommandRun during = audit();
        CommandRun rebuilt = rebuild.get(CHANGE_MAX.toSeconds(), TimeUnit.SECONDS);
        say("rebuilt");
        CommandRun after = audit();
        CommandRun rollback = system.tally("rollback");
        more();
        CommandRun drop = system.tally("drop", "g2");
        more();
        ExactRun run = load.settle();
        say("settled");
        CommandRun last = audit();

        // then
        Options.say(
                "large rebuild: %,d events, %,d requests and %,d reads of the clients",
                load.events(),
                run.attempts().size(),
                run.reads().size() + run.asked().size());
        assertThat(rebuilt.out()).as(rebuilt.toString()).startsWith("Generation g2 is live");
        assertThat(rollback.out()).as(rollback.err()).startsWith("Generation g1 is live");
        assertThat(drop.out()).as(drop.err()).startsWith("Generation g2 is deleted");
        assertThat(before.out()).contains(String.format(Locale.ROOT, " %d events, 0 mismatches", EVENTS));
        assertThat(List.of(before, during, after, last)).allSatisfy(audit -> {
            assertThat(audit.out()).as(audit.toString()).endsWith(" 0 mismatches\n");
            assertThat(audit.exitCode()).isZero();
        });
        assertThat(run.reads())
                .filteredOn(read -> read.read().code().equals("not_ready"))
                .isEmpty();
        ExactLoad.judge(run);
        assertThat(Feeds.violations(system, run.log()).stream().limit(20)).isEmpty();
        say("judged");
    }

    /** Waits until every event of the log is counted: until a read that reflects the last one of each partition is answered. */
    private void awaitCounted() {
        String receipt;
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            receipt = topic.ends().entrySet().stream()
                    .map(end -> end.getKey() + "-" + (end.getValue() - 1))
                    .collect(Collectors.joining(","));
        }
        URI read =
                system.readUrl().resolve("/v1/counters/" + PastYear.NAMESPACE + "?limit=1&wait=10s&after=" + receipt);
        await("the last event").atMost(COUNTED_MAX).until(() -> Http.statusOrZero(read) == 200);
    }

    private CommandRun audit() {
        return system.tally("audit", "--window", WINDOW.toSeconds() + "s");
    }

    private void more() {
        load.awaitEvents(load.events() + WRITES_PER_SECOND);
    }

    private void say(String what) {
        Options.say("large rebuild: %s after %d s", what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }
}
