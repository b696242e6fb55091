package dev.tally.service.metrics;

import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import dev.tally.service.http.Route;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of one process. Safe for use by any thread. */
public final class Metrics implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Metrics() {}

    /** A registry that already watches the JVM. */
    public static Metrics start() {
        Metrics metrics = new Metrics();
        metrics.gc.bindTo(metrics.registry);
        new JvmMemoryMetrics().bindTo(metrics.registry);
        new JvmThreadMetrics().bindTo(metrics.registry);
        new ClassLoaderMetrics().bindTo(metrics.registry);
        new ProcessorMetrics().bindTo(metrics.registry);
        new FileDescriptorMetrics().bindTo(metrics.registry);
        new UptimeMetrics().bindTo(metrics.registry);
        return metrics;
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** {@code /metrics}, in the text format of Prometheus. */
    public Route route() {
        return Route.operational("GET", "/metrics", this::answer);
    }

    /** Writing out thousands of numbers takes longer than an IO thread should be away. */
    private void answer(Request request) {
        request.offload(offloaded -> offloaded.respond(
                Response.of(200, CONTENT_TYPE, registry.scrape()).noStore()));
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
