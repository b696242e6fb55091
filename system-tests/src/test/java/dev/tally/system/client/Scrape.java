package dev.tally.system.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values that a process exports at {@code /metrics} at one point in time. */
public final class Scrape {
    private final List<String> lines;

    private Scrape(List<String> lines) {
        this.lines = lines;
    }

    public static Scrape of(URI service) throws IOException {
        Answer answer = Http.get(service.resolve("/metrics"));
        if (answer.status() != 200) {
            throw new IOException("no metrics: " + answer);
        }
        return new Scrape(answer.body().lines().toList());
    }

    /** The names of all metrics with this prefix, according to the {@code TYPE} lines. */
    public Set<String> names(String prefix) {
        String type = "# TYPE ";
        return lines.stream()
                .filter(line -> line.startsWith(type + prefix))
                .map(line -> line.substring(type.length(), line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The values of these labels of all metrics with this prefix. The key is metric and label, as {@code
     * tally_reads_total outcome}.
     */
    public Map<String, Set<String>> labelValues(String prefix, String... labels) {
        Map<String, Set<String>> values = new TreeMap<>();
        for (String label : labels) {
            Pattern labeled = Pattern.compile("(" + prefix + "[a-z_]*)\\{(?:.*,)?" + label + "=\"([^\"]*)\".*");
            lines.stream()
                    .map(labeled::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> values.computeIfAbsent(line.group(1) + " " + label, metric -> new TreeSet<>())
                            .add(line.group(2)));
        }
        return values;
    }

    /** Whether some line of a metric, or the count of a histogram, is above zero. */
    public boolean hasMoved(String metric) {
        return lines.stream()
                .filter(line -> isOf(metric, line) || isOf(metric + "_count", line))
                .anyMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) > 0);
    }

    /** The sum over all lines of a metric that contain the label, as {@code area="heap"}; empty for all lines. */
    public double sum(String metric, String label) {
        double sum = 0;
        boolean found = false;
        for (String line : lines) {
            if (isOf(metric, line) && line.contains(label)) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                found = true;
            }
        }
        if (!found) {
            throw new AssertionError("no metric " + metric + "{" + label + "}");
        }
        return sum;
    }

    private static boolean isOf(String metric, String line) {
        return line.startsWith(metric)
                && line.length() > metric.length()
                && (line.charAt(metric.length()) == ' ' || line.charAt(metric.length()) == '{');
    }
}
