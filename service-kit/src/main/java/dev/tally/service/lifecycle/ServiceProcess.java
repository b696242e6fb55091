package dev.tally.service.lifecycle;

import dev.tally.service.http.HttpServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service in its own process, with its own HTTP server. */
public final class ServiceProcess implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);

    private final Metrics metrics;
    private final Service service;
    private final HttpServer server;

    private ServiceProcess(Metrics metrics, Service service, HttpServer server) {
        this.metrics = metrics;
        this.service = service;
        this.server = server;
    }

    /** Starts the service, then its server. If a step fails, closes the parts already started. */
    public static ServiceProcess start(HttpSettings settings, Function<MeterRegistry, ? extends Service> starter) {
        Metrics metrics = Metrics.start();
        Service service = null;
        try {
            service = starter.apply(metrics.registry());
            HttpServer server = ServiceServer.start(settings, metrics, List.of(service));
            LOG.info("{} listens on {}", service.name(), server.url());
            return new ServiceProcess(metrics, service, server);
        } catch (RuntimeException | Error e) {
            if (service != null) {
                service.close();
            }
            metrics.close();
            throw e;
        }
    }

    public HttpServer server() {
        return server;
    }

    @Override
    public CompletableFuture<Void> failure() {
        return service.failure();
    }

    @Override
    public void close() {
        service.stopWaiting();
        server.close();
        service.close();
        metrics.close();
    }
}
