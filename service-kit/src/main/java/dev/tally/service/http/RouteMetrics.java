package dev.tally.service.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The latencies of one route by status class. Each timer is looked up in the registry once, not for every request. */
final class RouteMetrics {
    private static final int CLASSES = 10;
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
    };

    private final MeterRegistry registry;
    private final String method;
    private final String route;
    private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(CLASSES);

    RouteMetrics(MeterRegistry registry, String method, String route) {
        this.registry = registry;
        this.method = method;
        this.route = route;
    }

    void record(int status, long nanos) {
        int statusClass = status / 100 % CLASSES;
        Timer timer = timers.get(statusClass);
        if (timer == null) {
            timer = timer(statusClass);
            timers.set(statusClass, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(int statusClass) {
        return Timer.builder("tally.http.requests")
                .description("From the end of a request's headers to the last byte of its answer")
                .tag("method", method)
                .tag("route", route)
                .tag("status", statusClass + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
