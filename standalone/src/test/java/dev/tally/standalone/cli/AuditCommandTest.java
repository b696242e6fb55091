package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.read.Receipt;
import dev.tally.service.settings.SettingsException;
import dev.tally.standalone.audit.AuditReport;
import dev.tally.standalone.audit.CounterValue;
import dev.tally.standalone.audit.Mismatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Arguments, settings and output of {@code audit}. */
class AuditCommandTest {

    private static final AuditReport REPORT = new AuditReport(
            7,
            9,
            3,
            List.of(
                    new Mismatch("shop/b", new CounterValue(4, 5), new CounterValue(-3, 6), new Receipt(1, 17)),
                    new Mismatch("shop/a", null, new CounterValue(1, 5), new Receipt(0, 2)),
                    new Mismatch("shop/c", new CounterValue(1, 5), null, new Receipt(2, -1))));

    @Test
    void shouldTakeTheWindowFromTheFlagOrTheVariable() {
        // given
        Map<String, String> variables = Map.of("TALLY_DEDUPLICATION_WINDOW", "2h", "TALLY_QUERY_URL", "http://q:1");

        // when, then
        assertThat(settings(Map.of()).window()).isEqualTo(Duration.ofHours(24));
        assertThat(settings(variables).window()).isEqualTo(Duration.ofHours(2));
        assertThat(settings(variables, "--window", "1s").window()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings(variables).readUrl()).isEqualTo("http://q:1");
    }

    @Test
    void shouldReportAllProblemsOfTheSettings() {
        // given: a consumer that would also read what is not counted
        Map<String, String> variables =
                Map.of("TALLY_KAFKA_CONSUMER_ISOLATION_LEVEL", "read_uncommitted", "TALLY_NO_SETTING", "1");

        // when, then
        assertThatThrownBy(() -> settings(variables, "--window", "soon"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(3)
                                .anyMatch(problem -> problem.startsWith("--window: soon (expected: a duration"))
                                .anyMatch(
                                        problem -> problem.startsWith(
                                                "TALLY_KAFKA_CONSUMER_ISOLATION_LEVEL: read_uncommitted (expected: read_committed")));
        assertThat(TallyRun.of("audit", "--window", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(TallyRun.of("audit", "shop/sold").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldPrintALinePerMismatchAndASummary() {
        assertThat(AuditLines.text(REPORT))
                .containsExactly(
                        "shop/a\t-\t1\t0-2\t-\t1970-01-01T00:00:00.005Z",
                        "shop/b\t4\t-3\t1-17\t1970-01-01T00:00:00.005Z\t1970-01-01T00:00:00.006Z",
                        "shop/c\t1\t-\t-\t1970-01-01T00:00:00.005Z\t-",
                        "7 counters, 9 events, 3 mismatches");
        assertThat(AuditLines.text(new AuditReport(5, 5, 4, REPORT.shown())))
                .last()
                .isEqualTo("5 counters, 5 events, 4 mismatches (the first 3 are shown)");
        assertThat(AuditLines.text(new AuditReport(0, 0, 0, List.of())))
                .containsExactly("0 counters, 0 events, 0 mismatches");
    }

    @Test
    void shouldPrintOneJsonObject() {
        assertThat(AuditLines.json(REPORT))
                .isEqualTo(
                        "{\"counters\":7,\"events\":9,\"mismatches\":3,\"shown\":["
                                + "{\"counter\":\"shop/a\",\"live\":null,\"counted\":{\"total\":1,\"updatedAt\":\"1970-01-01T00:00:00.005Z\"},\"receipt\":\"0-2\"},"
                                + "{\"counter\":\"shop/b\",\"live\":{\"total\":4,\"updatedAt\":\"1970-01-01T00:00:00.005Z\"},\"counted\":{\"total\":-3,\"updatedAt\":\"1970-01-01T00:00:00.006Z\"},\"receipt\":\"1-17\"},"
                                + "{\"counter\":\"shop/c\",\"live\":{\"total\":1,\"updatedAt\":\"1970-01-01T00:00:00.005Z\"},\"counted\":null,\"receipt\":null}]}");
    }

    @Test
    void shouldDrawTheProgressAFewTimesASecond() {
        // given
        StringWriter terminal = new StringWriter();
        AtomicLong time = new AtomicLong(1);
        AuditProgressLine line = new AuditProgressLine(new PrintWriter(terminal), time::get);

        // when
        line.begin("counting the log", 2_000);
        line.advance(1);
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        line.advance(999);
        line.advance(1);
        line.begin("reading the feed", 0);
        line.clear();

        // then
        assertThat(terminal.toString().split("\r\u001B\\[K", -1))
                .containsExactly(
                        "",
                        "counting the log       [" + " ".repeat(30) + "] 0% 0  0/s",
                        "counting the log       [" + "#".repeat(15) + " ".repeat(15) + "] 50% 1,000  1,000/s",
                        "reading the feed       0  0/s",
                        "");
    }

    private static AuditSettings settings(Map<String, String> variables, String... arguments) {
        AuditCommand command = new AuditCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.settings(variables);
    }
}
