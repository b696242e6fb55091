package dev.tally.service.metrics;

import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.response.Response;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of one process. Thread-safe. */
public final class Metrics implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    private Metrics() {}

    /** Creates a registry with the JVM metrics bound. */
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

    /** The route {@code /metrics}, in the Prometheus text format. */
    public Route route() {
        return Route.operational("GET", "/metrics", this::answer);
    }

    /** Offloaded: formatting thousands of numbers would occupy an IO thread too long. */
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
