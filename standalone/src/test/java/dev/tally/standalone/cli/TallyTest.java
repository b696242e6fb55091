package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

    static Stream<String> commands() {
        return TallyCommand.withCommands().getSubcommands().keySet().stream();
    }

    @Test
    void shouldPrintHelpWhenCalledWithoutArguments() {
        // when
        TallyRun run = TallyRun.of();

        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: tally").contains("Example:");
        assertThat(commands()).allSatisfy(command -> assertThat(run.out()).contains("  " + command + " "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldPrintHelpWithAnExampleWhenAsked(String command) {
        // when
        TallyRun run = TallyRun.of(command, "--help");

        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: tally " + command).containsPattern("Examples?:");
        assertThat(run.out()).contains("tally " + command);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldRefuseAnUnknownOption(String command) {
        // when
        TallyRun run = TallyRun.of(command, "--nonsense");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--nonsense");
    }

    @Test
    void shouldRefuseAnUnknownCommand() {
        // when
        TallyRun run = TallyRun.of("count");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).containsExactly("unknown command: count", "Try tally --help");
    }

    @ParameterizedTest
    @CsvSource({
        "hitt, unknown command: hitt (did you mean: hit?)",
        "ht, unknown command: ht (did you mean: hit?)",
        "egt, unknown command: egt (did you mean: get?)",
        "ingest, unknown command: ingest",
        "event, unknown command: event (did you mean: events?)",
        "querry-api, unknown command: querry-api (did you mean: query-api?)",
        "--verson, unknown option: --verson (did you mean: --version?)",
        "top shop --jsn, unknown option: --jsn (did you mean: --json?)",
        "hit a/b --detla=3, unknown option: --detla=3 (did you mean: --delta?)",
        "hit a/b c/d, unexpected argument: c/d",
        "up now, unexpected argument: now",
    })
    void shouldSuggestTheNearestWhenAWordIsUnknown(String arguments, String sentence) {
        // when
        TallyRun run = TallyRun.of(arguments.split(" "));

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).hasSize(2).first().isEqualTo(sentence);
    }

    @Test
    void shouldPrintTheVersionsOfTallyKafkaAndJava() {
        // when
        TallyRun run = TallyRun.of("--version");

        // then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Tally "),
                        line -> assertThat(line).matches("Kafka [0-9]+\\.[0-9]+\\.[0-9]+.*"),
                        line -> assertThat(line).startsWith("Java " + System.getProperty("java.version")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "1001", "-1", "1.5", "9999999999", "+5", ""})
    void shouldReportTheRangeWhenTheCountIsTooLarge(String count) {
        // when
        TallyRun run = TallyRun.of("top", "shop", "-n", count);

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("'-n'", count + " (expected: a whole number from 1 to 1000)");
    }

    @Test
    void shouldListEveryProblemAtOnceWhenSeveralArgumentsAreWrong() {
        // when
        TallyRun run = TallyRun.of("hit", "Shop/sold", "--delta", "1.5", "--nonsense");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).hasSize(4);
        assertThat(run.err())
                .contains("namespace: \"Shop\"")
                .contains("1.5 (expected: a whole number from -9223372036854775808 to 9223372036854775807)")
                .contains("unknown option: --nonsense")
                .contains("Try tally hit --help");
    }

    @Test
    void shouldReportAMissingCounterArgument() {
        // when
        TallyRun run = TallyRun.of("get");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("NS/COUNTER");
    }

    @Test
    void shouldNameTheToolsWhenKafkaHasNoSuchTool() {
        // when
        TallyRun run = TallyRun.of("kafka", "topic", "--list");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("unknown Kafka tool: topic (did you mean: topics?); known tools: acls, ")
                .contains("topics")
                .contains("console-consumer");
    }
}
