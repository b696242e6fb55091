package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class TallyTest {

    static Stream<String> commands() {
        return new CommandLine(new Tally()).getSubcommands().keySet().stream();
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
    void shouldRefuseWhatItDoesNotKnow(String command) {
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
        assertThat(run.err()).contains("count").contains("tally --help");
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
                .contains("--nonsense is nothing that tally hit takes")
                .contains("Try tally hit --help");
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoCounter() {
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
                .contains("topic is not a tool of Kafka")
                .contains("topics")
                .contains("console-consumer");
    }
}
