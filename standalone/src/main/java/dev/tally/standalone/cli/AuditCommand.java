package dev.tally.standalone.cli;

import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.RegistryUnavailableException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.standalone.audit.Audit;
import dev.tally.standalone.audit.AuditFailedException;
import dev.tally.standalone.audit.AuditOptions;
import dev.tally.standalone.audit.AuditProgress;
import dev.tally.standalone.audit.AuditReport;
import dev.tally.standalone.audit.EventLog;
import dev.tally.standalone.audit.log.KafkaEventLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = {
            "Counts the log of events again, independently of counter-streams, and compares every counter with the live"
                    + " state. Events may be written meanwhile.",
            "Prints a line per difference: counter, live total, counted total, receipt, live and counted updatedAt, between"
                    + " tabs, at most 100; then the number of counters, events and mismatches.",
            "Exits with 0 if all counters agree, otherwise with 1."
        },
        footer = {"", "Examples:", "  tally audit", "  tally audit shop --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class AuditCommand implements Callable<Integer> {

    private static final Duration RETRIES_MAX = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NS",
            description = "Only this namespace. Default: all.",
            converter = NamespaceConverter.class)
    private @Nullable String namespace;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = AuditSettings.WINDOW_FLAG,
            paramLabel = "TIME",
            description = "The deduplication window of the state, as 24h. It overrides TALLY_DEDUPLICATION_WINDOW.")
    private @Nullable String window;

    @Option(
            names = "--temp-dir",
            paramLabel = "DIR",
            description = "The directory for temporary files, about as large as the largest partition of the log."
                    + " Default: that of the system.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws InterruptedException {
        return audit(settings(System.getenv()));
    }

    AuditSettings settings(Map<String, String> variables) {
        return AuditSettings.read(variables, window == null ? Map.of() : Map.of(AuditSettings.WINDOW_FLAG, window));
    }

    Integer audit(AuditSettings settings) throws InterruptedException {
        TallyClient tally = new TallyClient(settings.readUrl());
        AuditReport report = report(settings, new HttpLiveState(tally, TimeUnit.SECONDS::sleep, RETRIES_MAX));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(AuditLines.json(report));
        } else {
            AuditLines.text(report).forEach(out::println);
        }
        return report.agrees() ? ExitCode.OK : ExitCode.FAILED;
    }

    private AuditReport report(AuditSettings settings, HttpLiveState live) throws InterruptedException {
        Path files = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
        AuditOptions options = new AuditOptions(namespace, settings.window(), files);
        AuditProgressLine line = Terminal.hasStandardError()
                ? new AuditProgressLine(spec.commandLine().getErr(), System::nanoTime)
                : null;
        try (SchemaDirectory schemas = SchemaDirectory.open(settings.registry().properties());
                EventLog log = KafkaEventLog.open(settings.consumer())) {
            return Audit.run(log, live, schemas, options, line == null ? AuditProgress.NONE : line);
        } catch (AuditFailedException | RegistryUnavailableException | RegistryRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            if (line != null) {
                line.clear();
            }
        }
    }
}
