package dev.tally.benchmarks.counting;

import java.io.PrintStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The standard output of a counting process: {@code first} when it has the first events, then the elapsed time and CPU
 * time when all are applied and committed, then, for a rebuild, its times from its request, then a digest of all totals.
 */
public final class Progress {
    private static final String FIRST = "bench first";
    private static final Pattern COUNTED = Pattern.compile("bench counted in (\\d+) ns with (\\d+) ns of CPU");
    private static final Pattern REBUILT =
            Pattern.compile("bench rebuilt, counted (\\d+) ns and live (\\d+) ns after the request");
    private static final String DIGEST = "bench digest ";

    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    void first() {
        out.println(FIRST);
    }

    void counted(Moment first, Moment last) {
        out.println("bench counted in " + (last.clockNanos() - first.clockNanos()) + " ns with "
                + (last.cpuNanos() - first.cpuNanos()) + " ns of CPU");
    }

    void rebuilt(Rebuilt rebuilt) {
        out.println("bench rebuilt, counted " + rebuilt.countedNanos() + " ns and live " + rebuilt.liveNanos()
                + " ns after the request");
    }

    void digest(String digest) {
        out.println(DIGEST + digest);
    }

    /** The elapsed time and the CPU time of counting. */
    public record Counted(long clockNanos, long cpuNanos) {}

    /** How long after the request all events were counted, and the new generation was live. */
    public record Rebuilt(long countedNanos, long liveNanos) {}

    public static Optional<Rebuilt> rebuiltIn(String line) {
        Matcher matcher = REBUILT.matcher(line);
        return matcher.matches()
                ? Optional.of(new Rebuilt(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    public static boolean isFirst(String line) {
        return line.equals(FIRST);
    }

    public static Optional<Counted> countedIn(String line) {
        Matcher matcher = COUNTED.matcher(line);
        return matcher.matches()
                ? Optional.of(new Counted(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    public static Optional<String> digestIn(String line) {
        return line.startsWith(DIGEST) ? Optional.of(line.substring(DIGEST.length())) : Optional.empty();
    }
}
