package dev.tally.benchmarks;

import dev.tally.benchmarks.micro.MicroBenchmarks;
import dev.tally.benchmarks.part.Amounts;
import dev.tally.benchmarks.part.PartName;
import dev.tally.benchmarks.part.Workbench;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Children;
import dev.tally.benchmarks.process.WorkDirectory;
import dev.tally.benchmarks.report.Machine;
import dev.tally.benchmarks.report.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures Tally against the plain systems that it is built on, on this machine, and prints the figures. */
@Command(
        name = "scripts/bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Tally against the components it is built on, and a counter in Redis if webdis and",
            "redis-server are installed. Takes about half an hour; prints Markdown."
        },
        footer = {
            "",
            "Example: scripts/bench --only whole --quick",
            "         rates, and CPU per request of every process, in three minutes"
        })
public final class BenchMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int RUNS = 3;
    private static final int RUNS_IF_QUICK = 1;

    /** The root of the repository, as set by scripts/bench. */
    private final Path repository =
            Path.of(System.getProperty("tally.home", "")).toAbsolutePath();

    @Option(names = "--only", split = ",", paramLabel = "PART", description = "only these: ${COMPLETION-CANDIDATES}")
    private List<PartName> only = List.of(PartName.values());

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "runs of each side, in alternation (default: 3, with --quick 1)")
    private @Nullable Integer runs;

    @Option(names = "--quick", description = "shorter runs and fewer events: a few minutes")
    private boolean isQuick;

    @Option(names = "--micro", description = "only the JMH benchmarks of single steps")
    private boolean isMicro;

    private final PrintStream out = System.out;

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        int runsOfEach = Objects.requireNonNullElse(runs, isQuick ? RUNS_IF_QUICK : RUNS);
        if (runsOfEach < 1) {
            System.err.println("--runs: " + runsOfEach + " (expected: 1 or more)");
            return CommandLine.ExitCode.USAGE;
        }
        if (isMicro) {
            MicroBenchmarks.run();
            return CommandLine.ExitCode.OK;
        }
        Path directory = WorkDirectory.create(repository.resolve("benchmarks/target/bench"));
        Report report = new Report(out);
        Amounts amounts = isQuick ? Amounts.quick(runsOfEach) : Amounts.full(runsOfEach);
        try (Children children = Children.open(directory)) {
            Workbench bench = new Workbench(repository.resolve("scripts/tally"), directory, amounts, children, report);
            try {
                measure(bench);
                return CommandLine.ExitCode.OK;
            } catch (RuntimeException e) {
                // When all processes are being ended, everything in progress fails, and those failures are not
                // reported.
                if (!children.isEnding()) {
                    System.err.println(e instanceof BenchException ? e.getMessage() : e.toString());
                }
                return FAILED;
            } finally {
                children.endAll();
                WorkDirectory.delete(directory);
            }
        }
    }

    private String measuredOn(Duration took, Amounts amounts) {
        return String.format(
                "`scripts/bench --only %s --runs %d%s`, %s, %d minutes: %s.",
                only.stream().map(PartName::toString).collect(Collectors.joining(",")),
                amounts.runs(),
                isQuick ? " --quick" : "",
                LocalDate.now(ZoneOffset.UTC),
                Math.max(1, took.plusSeconds(30).toMinutes()),
                Machine.describe());
    }

    private void measure(Workbench bench) {
        long began = System.nanoTime();
        out.println(Machine.describe());
        for (PartName part : EnumSet.copyOf(only)) {
            out.println(part + ":");
            part.run(bench);
        }
        bench.report().print(measuredOn(Duration.ofNanos(System.nanoTime() - began), bench.amounts()));
    }
}
