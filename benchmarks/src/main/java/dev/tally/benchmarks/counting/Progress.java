package dev.tally.benchmarks.counting;

import java.io.PrintStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The standard output of a counting process: {@code first} when it has the first events, then the elapsed time and CPU
 * time when all are applied and committed, then a digest of all totals.
 */
public final class Progress {
    private static final String FIRST = "bench first";
    private static final Pattern COUNTED = Pattern.compile("bench counted in (\\d+) ns with (\\d+) ns of CPU");
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

    void digest(String digest) {
        out.println(DIGEST + digest);
    }

    /** The elapsed time and the CPU time of counting. */
    public record Counted(long clockNanos, long cpuNanos) {}

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
