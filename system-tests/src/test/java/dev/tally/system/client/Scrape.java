package dev.tally.system.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** The numbers a process shows at {@code /metrics} at one moment. */
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

    /** The sum over all lines of a metric that carry the label, as {@code area="heap"}; empty for any. */
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
