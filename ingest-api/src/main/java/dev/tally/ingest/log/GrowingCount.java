package dev.tally.ingest.log;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/** A producer metric that only grows, and the time since which it is known not to have grown. Not thread-safe. */
final class GrowingCount {
    private static final String GROUP = "producer-metrics";

    private final @Nullable Metric metric;
    private double seen = Double.NaN;
    private long unchangedSince;

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

    /**
     * The current value, or NaN if the producer does not have the metric. NaN equals nothing, so it never counts as
     * unchanged.
     */
    double read() {
        return metric != null && metric.metricValue() instanceof Number count ? count.doubleValue() : Double.NaN;
    }

    void sample() {
        double now = read();
        if (now != seen) {
            seen = now;
            unchangedSince = System.nanoTime(); // after the read, so later appends begin after this value was reached
        }
    }

    /** Whether, as of the last {@link #sample}, the metric has not grown since some time before {@code nanos}. */
    boolean unchangedSinceBefore(long nanos) {
        return !Double.isNaN(seen) && nanos - unchangedSince > 0;
    }
}
