package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.docs.ShellBlock;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.harness.Repository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the commands of the pages that count the log again with Kafka's own tools while counter-streams is stopped. */
class StockRebuildIT {
    private static final int EVENTS = 20_000;
    private static final int BATCHES = 4;
    private static final Duration COUNTED_MAX = Duration.ofSeconds(120);

    private final PartsSystem system = new PartsSystem("stock-rebuild");

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldCountTheLogAgainWithTheCommandsOfThePage() throws Exception {
        // given
        List<ShellBlock> blocks =
                ShellBlock.all().stream().filter(ShellBlock::isWithoutCounting).toList();
        assertThat(blocks).isNotEmpty();
        system.start();
        String line = "{\"namespace\":\"stock\",\"counter\":\"sold\",\"delta\":1}\n";
        for (int batch = 0; batch < BATCHES; batch++) {
            Answer answer = Http.post(
                    system.writeUrl().resolve("/v1/events"), line.repeat(EVENTS / BATCHES), "application/x-ndjson");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        }
        awaitTotal();
        Path scratch = scratch();

        for (ShellBlock block : blocks) {
            // when
            long stopped = System.nanoTime();
            system.stop(PartsSystem.STREAMS);
            CommandRun run = CommandRun.run(
                    Map.of("TALLY_KAFKA_BOOTSTRAP_SERVERS", system.kafka()),
                    List.of("sh", "-eu", "-c", "cd '" + scratch + "'\n" + block.commands()),
                    "");
            int read = Http.statusOrZero(sold());
            boolean isStateGone = !Files.exists(system.dataDirectory().resolve("streams/tally-g1"));
            system.launch(PartsSystem.STREAMS);
            awaitTotal();

            // then
            assertThat(run.exitCode()).as(block.place() + "\n" + run).isZero();
            assertThat(read).isEqualTo(503);
            assertThat(isStateGone).isTrue();
            Options.say(
                    "%s: counted again %d s after the stop",
                    block.place(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stopped));
        }
        assertThat(system.tally("audit").out()).startsWith("1 counters, " + EVENTS + " events, 0 mismatches");
    }

    private URI sold() {
        return system.readUrl().resolve("/v1/counters/stock/sold");
    }

    private void awaitTotal() {
        await("the total")
                .atMost(COUNTED_MAX)
                .ignoreException(IOException.class)
                .until(() -> Http.get(sold()).json().path("total").asInt() == EVENTS);
    }

    private Path scratch() throws IOException {
        Path scratch = Repository.emptyDirectory("stock-rebuild-scratch");
        Path scripts = Files.createDirectories(scratch.resolve("scripts"));
        Files.createSymbolicLink(scripts.resolve("tally"), Repository.root().resolve("scripts/tally"));
        Files.createSymbolicLink(scratch.resolve("data"), system.dataDirectory());
        return scratch;
    }
}
