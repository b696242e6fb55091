package dev.tally.standalone;

import dev.tally.ingest.IngestService;
import dev.tally.ingest.IngestSettings;
import dev.tally.query.QueryService;
import dev.tally.service.http.HttpServer;
import dev.tally.service.lifecycle.Running;
import dev.tally.service.lifecycle.Service;
import dev.tally.service.lifecycle.ServiceServer;
import dev.tally.service.metrics.Metrics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.standalone.http.Installation;
import dev.tally.standalone.http.InstallationService;
import dev.tally.streams.CounterStreamsService;
import dev.tally.streams.StreamsSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in one process: a broker, counting, and one HTTP server for events and totals. The parts are the
 * same as in the deployment with separate processes, except that a read of a total takes no network hop.
 */
public final class Standalone implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    /** The started parts, the last one first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final CompletableFuture<Installation> installation = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private Standalone() {}

    /**
     * Starts everything. Returns when requests are accepted, which is before all of them can be answered: see
     * {@link #ready}. If a part fails to start, the parts started before are closed.
     *
     * @throws dev.tally.service.lifecycle.RefusedException if the data directory or a port is in use
     */
    public static Standalone start(StandaloneSettings settings) {
        Standalone standalone = new Standalone();
        try {
            standalone.open(settings);
            return standalone;
        } catch (RuntimeException | Error e) {
            standalone.close();
            throw e;
        }
    }

    /** The version, the addresses and the directory of what runs. */
    public Installation installation() {
        return installation.join();
    }

    /** Completes when every part is ready for the first time, on a thread that must not be blocked for long. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Closes the parts in reverse order of their start, each in bounded time, so that a part is closed after the parts
     * that use it.
     */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} failed to close", part, e);
            }
        }
    }

    private synchronized void open(StandaloneSettings settings) {
        StandaloneBroker broker =
                opened(StandaloneBroker.bind(settings.broker(), () -> HttpServer.verifyFree(settings.http())));
        Environment environment =
                settings.services(broker.bootstrapServers(), broker.directory().streams());
        Metrics metrics = opened(Metrics.start());
        // The broker starts in parallel: the clients of the services can connect from here on, and are served when the
        // broker has started.
        CompletableFuture<Void> brokerStarted = inBackground("broker", broker::start);
        CounterStreamsService streams =
                opened(CounterStreamsService.open(StreamsSettings.read(environment), metrics.registry()));
        // No other process reads from the counting service, so any endpoint of this process can stand for it.
        streams.startCounting(broker.bootstrapServers());
        IngestService ingest =
                opened(IngestService.start(IngestSettings.read(environment), streams.reader(), metrics.registry()));
        QueryService query = opened(QueryService.inProcess(streams.reader(), streams::ownership, metrics.registry()));
        InstallationService pages =
                opened(InstallationService.open(installation::join, RegistrySettings.read(environment)));
        List<Service> services = List.of(ingest, query, pages, new Counting(streams));
        HttpServer server = opened(ServiceServer.start(settings.http(), metrics, services));
        streams.answersAt(settings.http().host() + ":" + server.port());
        started.push(
                () -> services.forEach(Service::stopWaiting)); // closed before the server, which waits for requests
        installation.complete(describe(server, broker));
        join(brokerStarted);
        fail(broker.failure());
        services.forEach(service -> fail(service.failure()));
        opened(Readiness.watch(
                services.stream().flatMap(service -> service.checks().stream()).toList(), ready));
    }

    private <T extends AutoCloseable> T opened(T part) {
        started.push(part);
        return part;
    }

    private void fail(CompletableFuture<Void> part) {
        var unused = part.whenComplete((nothing, cause) -> {
            if (cause != null) {
                failure.completeExceptionally(cause);
            }
        });
    }

    private static CompletableFuture<Void> inBackground(String name, Runnable start) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable run = () -> {
            try {
                start.run();
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        };
        new Thread(run, "tally-start-" + name).start();
        return done;
    }

    private static void join(CompletableFuture<Void> start) {
        try {
            start.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Installation describe(HttpServer server, StandaloneBroker broker) {
        String version = Standalone.class.getPackage().getImplementationVersion();
        return new Installation(
                version == null ? "from its classes" : version,
                server.url(),
                broker.bootstrapServers(),
                broker.directory().given().toString(),
                Suggestions.of(server.url(), broker.bootstrapServers()));
    }
}
