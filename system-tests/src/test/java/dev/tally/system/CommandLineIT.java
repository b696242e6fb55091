package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.FreePorts;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.UpSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a shell sees of {@code scripts/tally}: outputs, refusals and exit codes. */
class CommandLineIT {
    private static UpSystem system;
    private static Path elsewhere;

    @BeforeAll
    static void start() {
        system = new UpSystem("command-line");
        system.start();
        elsewhere = Repository.emptyDirectory("command-line-elsewhere");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void shouldPrintReceiptsAndTotalsWhenHitsAndReadsAreMade() {
        // when
        CommandRun hit = system.tally("hit", "shop/a b/ü", "--delta", "41").orFail();
        system.tally("hit", "shop/a b/ü").orFail();

        // then
        assertThat(hit.out()).matches("\\d+-\\d+\\R");
        await().until(() -> system.tally("get", "shop/a b/ü").out().equals("42" + System.lineSeparator()));
        assertThat(system.tally("get", "shop/a b/ü", "--json").orFail().out())
                .contains("\"namespace\":\"shop\"", "\"counter\":\"a b/ü\"", "\"total\":42", "\"asOf\":");
        assertThat(system.tally("events", "shop/a b/ü").orFail().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\tshop/a b/ü\tadd\t") && line.endsWith("\t-"));
        assertThat(system.tally("totals").orFail().out()).contains("shop/a b/ü\t42\t");
    }

    @Test
    void shouldPrintTheCountersOfANamespaceAndTheLargestOfThem() {
        // given: names on several partitions, in another order as bytes than as chars
        List<String> byName = List.of("a b\t3", "a/ü\t-2", "b\t7", "\uFF5E\t0", "\uD83D\uDE00\t7");
        for (String line : byName) {
            String[] parts = line.split("\t");
            system.tally("hit", "listed/" + parts[0], "--delta", parts[1], "--wait", "10s")
                    .orFail();
        }

        // when, then
        await().until(() -> system.tally("list", "listed").orFail().lines().equals(byName));
        assertThat(system.tally("list", "listed", "--prefix", "a").orFail().lines())
                .containsExactlyElementsOf(byName.subList(0, 2));
        assertThat(system.tally("top", "listed", "-n", "3").orFail().lines())
                .containsExactly("b\t7", "\uD83D\uDE00\t7", "a b\t3");
        assertThat(system.tally("top", "listed", "--json").orFail().out())
                .contains("\"namespace\":\"listed\"", "\"next\":null", "\"asOf\":");
        assertThat(system.tally("list", "nobody").orFail().out()).isEmpty();
    }

    @Test
    void shouldExitWith3WhenTheCounterIsUnknown() {
        assertThat(system.tally("get", "shop/nobody-bought-it").exitCode()).isEqualTo(3);
    }

    @Test
    void shouldExitWith2WhenTheCommandIsWrong() {
        assertThat(system.tally("hit", "no-slash").exitCode()).isEqualTo(2);
        assertThat(system.tally("hit", "shop/c", "--delta", "1.5").exitCode()).isEqualTo(2);
        assertThat(system.tally("no-such-command").exitCode()).isEqualTo(2);
        assertThat(system.tally("hit").exitCode()).isEqualTo(2);
        assertThat(system.tally("list", "Shop").exitCode()).isEqualTo(2);
        assertThat(system.tally("list", "shop/c").exitCode()).isEqualTo(2);
        assertThat(system.tally("top", "shop", "-n", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldExitWith1AndNameBothEventsWhenAnIdIsReused() {
        // given
        system.tally("hit", "shop/reused", "--id", "o-1", "--wait", "10s").orFail();

        // when
        CommandRun run = system.tally("hit", "shop/reused", "--delta", "5", "--id", "o-1", "--wait", "10s");

        // then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("\"o-1\" was applied to shop/reused with ADD 1 at ", "this event is ADD 5");
        assertThat(system.tally("rejected", "shop/reused").orFail().lines())
                .singleElement()
                .asString()
                .contains("\tid_reused\tid o-1: first ADD 1 at ");
    }

    @Test
    void shouldExitWith1WhenNobodyListens() {
        // given
        Map<String, String> nowhere = Map.of("TALLY_URL", "http://127.0.0.1:" + FreePorts.next());

        // when
        CommandRun run = CommandRun.tally(nowhere, List.of("get", "shop/c"), "");

        // then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void shouldRefuseInOneSentenceWhenTheDataDirectoryIsInUse() {
        // when
        CommandRun second = up(
                Map.of(),
                "--http-port",
                "0",
                "--kafka-port",
                "0",
                "--data-dir",
                system.dataDirectory().toString());

        // then
        assertRefused(
                second,
                "Data directory " + system.dataDirectory() + " is in use by another Tally (pid "
                        + system.processes().get("up").pid() + ")");
    }

    @Test
    void shouldRefuseInOneSentenceWhenAPortIsInUse() {
        // given
        String http = Integer.toString(system.writeUrl().getPort());
        String kafka = system.kafka().substring(system.kafka().indexOf(':') + 1);
        String data = elsewhere.resolve("ports").toString();

        // then
        assertRefused(
                up(Map.of(), "--http-port", http, "--kafka-port", "0", "--data-dir", data),
                "Port " + http + " is in use: choose another with --http-port");
        assertRefused(
                up(Map.of(), "--http-port", "0", "--kafka-port", kafka, "--data-dir", data),
                "Port " + kafka + " is in use: choose another with --kafka-port");
    }

    @Test
    void shouldListAllProblemsAndExitWith2WhenSettingsAreWrong() {
        for (String command : List.of("up", "broker", "ingest-api", "counter-streams", "query-api")) {
            // when
            CommandRun run = CommandRun.tally(
                    Map.of("TALLY_NO_SUCH_THING", "1", "TALLY_HTTP_POTR", "80", "TALLY_EVENTS_PARTITIONS", "many"),
                    List.of(command),
                    "");

            // then
            assertThat(run.exitCode()).as(command + ": " + run).isEqualTo(2);
            assertThat(run.err())
                    .as(command)
                    .contains(
                            "TALLY_NO_SUCH_THING is not a setting of Tally",
                            "TALLY_HTTP_POTR is not a setting of Tally");
        }
    }

    @Test
    void shouldHelpWithEveryCommand() {
        List<String> commands = List.of(
                "up",
                "hit",
                "get",
                "list",
                "top",
                "events",
                "totals",
                "rejected",
                "kafka",
                "broker",
                "ingest-api",
                "counter-streams",
                "query-api");
        String help = CommandRun.tally(Map.of(), List.of("--help"), "").orFail().out();
        for (String command : commands) {
            assertThat(help).contains(command);
            assertThat(CommandRun.tally(Map.of(), List.of(command, "--help"), "")
                            .orFail()
                            .out())
                    .as(command)
                    .contains("Example");
        }
    }

    /** Runs {@code up} to its end, for it is to refuse. */
    private static CommandRun up(Map<String, String> environment, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(List.of(flags));
        return CommandRun.tally(environment, arguments, "");
    }

    private static void assertRefused(CommandRun run, String sentence) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.err().lines()).as(run.toString()).contains(sentence);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }
}
