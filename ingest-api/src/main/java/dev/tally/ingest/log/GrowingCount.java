package dev.tally.ingest.log;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * A public count of the producer that only grows, and since when it is known not to have grown. Not safe for
 * use by several threads at once.
 */
final class GrowingCount {
    private static final String GROUP = "producer-metrics";

    private final @Nullable Metric metric;
    private double seen = Double.NaN;
    private long stillSince;

    private GrowingCount(@Nullable Metric metric) {
        this.metric = metric;
    }

    static GrowingCount of(Map<MetricName, ? extends Metric> metrics, String name) {
        for (Map.Entry<MetricName, ? extends Metric> entry : metrics.entrySet()) {
            if (entry.getKey().name().equals(name) && entry.getKey().group().equals(GROUP)) {
                return new GrowingCount(entry.getValue());
            }
        }
        return new GrowingCount(null);
    }

    boolean exists() {
        return metric != null;
    }

    /** What it is now; not a number if the producer does not have it, which equals nothing, so it never stands still. */
    double read() {
        return metric != null && metric.metricValue() instanceof Number count ? count.doubleValue() : Double.NaN;
    }

    void look() {
        double now = read();
        if (now != seen) {
            seen = now;
            stillSince = System.nanoTime(); // after the reading: what begins later begins after this value was reached
        }
    }

    /** Whether, as of the last {@link #look}, it has not grown since some moment before {@code nanos}. */
    boolean stillSinceBefore(long nanos) {
        return !Double.isNaN(seen) && nanos - stillSince > 0;
    }
}
