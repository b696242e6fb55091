package dev.tally.streams;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.http.HttpServer;
import dev.tally.service.lifecycle.Running;
import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.service.lifecycle.ServiceServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs counter-streams as a separate process. */
public final class CounterStreamsMain implements Running {
    private final Metrics metrics;
    private final CounterStreamsService service;
    private final HttpServer server;

    private CounterStreamsMain(Metrics metrics, CounterStreamsService service, HttpServer server) {
        this.metrics = metrics;
        this.service = service;
        this.server = server;
    }

    public static void main(String[] arguments) {
        ServiceMain.run(() -> {
            Environment environment = Environment.ofProcess(SettingNames.ALL, arguments);
            StreamsSettings settings = StreamsSettings.readForProcess(environment);
            environment.verify();
            return start(settings);
        });
    }

    /** Starts the server before counting: the endpoint of this instance is known only then. */
    public static CounterStreamsMain start(StreamsSettings settings) {
        Metrics metrics = Metrics.start();
        CounterStreamsService service = CounterStreamsService.open(settings, metrics.registry());
        try {
            HttpSettings http = settings.http();
            HttpServer server = ServiceServer.start(http, metrics, List.of(service));
            service.startCounting(http.host() + ":" + server.port());
            return new CounterStreamsMain(metrics, service, server);
        } catch (RuntimeException | Error e) {
            service.close();
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
