package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.FreePorts;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.TallyProcess;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.Poison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The behavior of {@code scripts/tally} in a shell: outputs, refusals and exit codes. */
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
        // given: names on several partitions, whose order as bytes differs from their order as chars
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

    /** Like {@code scripts/tally events | head -1}, but the output is closed before the first write. */
    @Test
    void shouldEndQuietlyWhenNobodyReadsItsOutput() throws Exception {
        // given
        system.tally("hit", "quiet/c", "--wait", "10s").orFail();
        system.tally("hit", "quiet/c", "--id", "one", "--wait", "10s").orFail();
        await().until(() -> !system.tally("totals", "quiet/c").orFail().out().isEmpty());
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            poison.put(CounterName.of("quiet", "c").key(), new byte[] {1});
        }
        await().until(() -> !system.tally("rejected", "quiet/c").orFail().out().isEmpty());

        for (String command : List.of(
                "hit quiet/c",
                "get quiet/c",
                "list quiet",
                "top quiet",
                "events",
                "totals",
                "rejected",
                "replay-rejected --dry-run",
                "kafka topics --list",
                "kafka console-consumer --topic tally.events --from-beginning --timeout-ms 60000",
                "--help")) {
            // when
            Path err = elsewhere.resolve("closed.err");
            ProcessBuilder builder = new ProcessBuilder(TallyProcess.commandLine(List.of(command.split(" "))))
                    .redirectError(err.toFile());
            builder.environment().put("TALLY_URL", system.writeUrl().toString());
            builder.environment().put("TALLY_KAFKA_BOOTSTRAP_SERVERS", system.kafka());
            Process process = builder.start();
            process.getInputStream().close();

            // then
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
            assertThat(process.exitValue()).as(command).isEqualTo(141);
            // Kafka's consumer sometimes logs a recommendation of another protocol, whether or not its output is read.
            assertThat(Files.readAllLines(err))
                    .as(command)
                    .filteredOn(line -> !line.startsWith("The consumer rebalance protocol (KIP-848)"))
                    .isEmpty();
        }
    }

    @Test
    void shouldSayWhatItMetWhenAnAddressIsNotTallys() {
        // when
        CommandRun kafka = CommandRun.tally(Map.of("TALLY_URL", "http://" + system.kafka()), List.of("get", "a/b"), "");

        // then
        assertThat(kafka.exitCode()).isEqualTo(1);
        assertThat(kafka.err())
                .startsWith("http://" + system.kafka()
                        + " closed the connection without an answer: it is not an HTTP server")
                .hasLineCount(1);
    }

    @Test
    void shouldStartFromAClassArchive() throws Exception {
        // when
        CommandRun.tally(Map.of(), List.of("--version"), "").orFail();

        // then: an archive of the newest build and of this JDK, which is empty if it could not be created
        try (Stream<Path> builds = Files.list(Repository.root().resolve("standalone/target/run"))) {
            Path newest = builds.max(Comparator.naturalOrder()).orElseThrow();
            Path archive = newest.resolve("classes-" + System.getProperty("java.version") + ".jsa");
            assertThat(archive).isNotEmptyFile();
        }
    }

    @Test
    void shouldPrintTheVersions() {
        assertThat(CommandRun.tally(Map.of(), List.of("--version"), "").orFail().lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).matches("Tally [0-9].*"),
                        line -> assertThat(line).matches("Kafka [0-9].*"),
                        line -> assertThat(line).startsWith("Java "));
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
        Path data = elsewhere.resolve("ports");
        List<CommandRun> refused = List.of(
                up(Map.of(), "--http-port", http, "--kafka-port", "0", "--data-dir", data.toString()),
                up(Map.of(), "--http-port", "0", "--kafka-port", kafka, "--data-dir", data.toString()),
                CommandRun.tally(
                        Map.of(), List.of("broker", "--kafka-port", kafka, "--data-dir", data.toString()), ""));

        // then
        assertRefused(refused.get(0), "Port " + http + " is in use: choose another with --http-port");
        assertRefused(refused.get(1), "Port " + kafka + " is in use: choose another with --kafka-port");
        assertRefused(refused.get(2), "Port " + kafka + " is in use: choose another with --kafka-port");
        assertThat(refused).allSatisfy(run -> assertThat(run.err().lines()).hasSize(1));
        assertThat(data).doesNotExist();
    }

    /** The port of the flag is the one refused, which shows that the flag overrides the environment variable. */
    @Test
    void shouldListenWhereTheFlagSaysWhenAServiceRunsAlone() {
        // given
        String used = Integer.toString(system.writeUrl().getPort());
        Map<String, String> free = Map.of("TALLY_HTTP_PORT", Integer.toString(FreePorts.next()));
        for (String command : List.of("ingest-api", "counter-streams", "query-api")) {
            // when
            CommandRun run = CommandRun.tally(free, List.of(command, "--http-port", used), "");
            CommandRun wrong = CommandRun.tally(Map.of(), List.of(command, "--http-port", "many"), "");

            // then
            assertRefused(run, "Port " + used + " is in use: choose another with --http-port");
            assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(2);
            assertThat(wrong.err()).contains("--http-port: many (expected: 0..65535, 0 for any free port)");
        }
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
    void shouldExitWith2WhenCounterStreamsWouldTellOthersAWildcardAddress() {
        for (Map<String, String> environment : List.of(
                Map.of("TALLY_HTTP_HOST", "0.0.0.0", "TALLY_HTTP_OPEN", "true"),
                Map.of("TALLY_STREAMS_ENDPOINT", "0.0.0.0:8082"),
                Map.of("TALLY_STREAMS_ENDPOINT", "[::]:8082"),
                Map.of("TALLY_STREAMS_ENDPOINT", "*"))) {
            // when
            CommandRun run = CommandRun.tally(environment, List.of("counter-streams"), "");

            // then
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
            assertThat(run.err().lines()).as(run.toString()).hasSize(1);
            assertThat(run.err())
                    .contains("wildcard address")
                    .containsAnyOf(environment.values().stream()
                            .filter(value -> !value.equals("true"))
                            .toArray(String[]::new));
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
                "replay-rejected",
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

    /** Runs {@code up} until it exits. The command is expected to refuse to start. */
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
