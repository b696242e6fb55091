package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tally.system.docs.ShellBlock;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.UpSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every command that a page shows against a whole Tally at free ports. The default ports in the commands are
 * replaced by those ports. {@code kafka-TOOL.sh} runs Kafka's own class, through {@code scripts/tally kafka TOOL}. curl
 * fails on a status of 400 or more.
 */
class DocumentedCommandsIT {
    /**
     * Maximum number of commands that are not run and say in their first line why: they stop, build or rebuild the system
     * under test.
     */
    private static final int NOT_RUN_MAX = 20;

    private static final List<String> STOCK_TOOLS =
            List.of("topics", "console-consumer", "consumer-groups", "get-offsets", "configs");
    private static final List<ShellBlock> BLOCKS = ShellBlock.all();

    private static UpSystem system;
    private static Path scratch;

    @BeforeAll
    static void start() throws IOException {
        system = new UpSystem("documented-commands");
        system.start();
        system.tally("hit", "shop/sold", "--delta", "3", "--wait", "20s").orFail();
        system.tally("hit", "shop/refunds", "--delta", Long.toString(Long.MAX_VALUE), "--wait", "20s")
                .orFail();
        system.tally("hit", "shop/refunds").orFail(); // overflows
        scratch = Repository.emptyDirectory("documented-commands-scratch");
        Path scripts = Files.createDirectories(scratch.resolve("scripts"));
        Files.createSymbolicLink(scripts.resolve("tally"), Repository.root().resolve("scripts/tally"));
        Files.createSymbolicLink(scratch.resolve("data"), system.dataDirectory());
        Files.createDirectories(scratch.resolve("bin"));
        for (String tool : STOCK_TOOLS) {
            command("kafka-" + tool + ".sh", "exec scripts/tally kafka " + tool + " \"$@\"");
        }
        command("curl", "PATH=${PATH#*:}\nexport PATH\nexec curl --fail \"$@\"");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static void command(String name, String line) throws IOException {
        Path file = Files.writeString(scratch.resolve("bin").resolve(name), "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @TestFactory
    Stream<DynamicTest> shouldRunWhatThePagesShow() {
        return BLOCKS.stream()
                .filter(block -> block.notRunBecause() == null && !block.isWithoutCounting())
                .map(block -> DynamicTest.dynamicTest(block.place(), () -> run(block)));
    }

    @Test
    void shouldLeaveFewCommandsUnrunAndSayWhy() {
        List<ShellBlock> notRun =
                BLOCKS.stream().filter(block -> block.notRunBecause() != null).toList();
        notRun.forEach(block -> Options.say("not run: %s: %s", block.place(), block.notRunBecause()));
        assertThat(BLOCKS).hasSizeGreaterThan(20);
        assertThat(notRun)
                .hasSizeLessThanOrEqualTo(NOT_RUN_MAX)
                .allSatisfy(block -> assertThat(block.notRunBecause()).isNotBlank());
    }

    private static void run(ShellBlock block) {
        if (block.needsKcat()
                && CommandRun.run(Map.of(), List.of("sh", "-c", "command -v kcat"), "")
                                .exitCode()
                        != 0) {
            Options.say("not run: %s: kcat is not installed (Debian: apt-get install kcat)", block.place());
            assumeTrue(false, "kcat is not installed");
        }
        String http = system.writeUrl().getAuthority();
        String commands = block.commands()
                .replaceAll("(127\\.0\\.0\\.1|localhost):808[01]", http)
                .replace("127.0.0.1:9092", system.kafka());
        CommandRun run = CommandRun.run(
                Map.of(
                        "TALLY_URL", system.writeUrl().toString(),
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS", system.kafka(),
                        "PATH", scratch.resolve("bin") + ":" + System.getenv("PATH")),
                List.of("sh", "-eu", "-c", "cd '" + scratch + "'\n" + commands),
                "");
        assertThat(run.exitCode())
                .as(block.place() + "\n" + commands + "\n" + run)
                .isZero();
    }
}
