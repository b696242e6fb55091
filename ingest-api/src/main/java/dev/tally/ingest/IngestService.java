package dev.tally.ingest;

import dev.tally.ingest.http.BatchWorkers;
import dev.tally.ingest.http.IngestRoutes;
import dev.tally.ingest.log.EventLog;
import dev.tally.ingest.log.KafkaEventLog;
import dev.tally.ingest.log.LogMetrics;
import dev.tally.ingest.log.LogState;
import dev.tally.ingest.query.QueryClient;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.lifecycle.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Accepts events over HTTP and appends them to the log. Starts without Kafka and keeps running when Kafka becomes
 * unavailable.
 */
public final class IngestService implements Service {
    /** Long enough to detect mismatched topics when Kafka is available. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(2);

    private final EventLog log;
    private final LogMetrics metrics;
    private final SchemaDirectory schemas;
    private final CounterReader reader;
    /** Owned by this service; null if the reader belongs to the caller. */
    private final @Nullable QueryClient client;

    private final BatchWorkers workers = BatchWorkers.forThisMachine();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private IngestService(
            KafkaEventLog log,
            LogMetrics metrics,
            SchemaDirectory schemas,
            CounterReader reader,
            @Nullable QueryClient client) {
        this.log = log;
        this.metrics = metrics;
        this.schemas = schemas;
        this.reader = reader;
        this.client = client;
        var unused = log.prepared().whenComplete((prepared, why) -> {
            if (why != null) {
                failure.completeExceptionally(RefusedException.of(why));
            }
        });
    }

    /**
     * Starts the service in a process of its own, as {@link #start(IngestSettings, CounterReader, MeterRegistry)} does,
     * with a client of the query-api from the settings. query-api need not be available.
     *
     * @throws RefusedException as the other method
     */
    public static IngestService start(IngestSettings settings, MeterRegistry registry) {
        QueryClient client = new QueryClient(ReadProtocol.LIVE, settings.queryUrl());
        try {
            return start(settings, client, client, registry);
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    /**
     * Starts the service. Waits up to 2 s for the topics to be created and verified and for the schemas to be
     * registered. If Kafka or the registry is unavailable, this continues in the background, and until then every
     * request is answered with {@code kafka_unavailable} or {@code not_ready}.
     *
     * @param reader reads the outcome of an event for a client that waits for it; it is not closed by the service
     * @throws RefusedException if no producer can be created from the settings, if existing topics differ in a way that
     *     matters, or if the registry rejects the schemas
     */
    public static IngestService start(IngestSettings settings, CounterReader reader, MeterRegistry registry) {
        return start(settings, reader, null, registry);
    }

    private static IngestService start(
            IngestSettings settings, CounterReader reader, @Nullable QueryClient client, MeterRegistry registry) {
        LogMetrics metrics = new LogMetrics(registry);
        SchemaDirectory schemas = openSchemas(settings);
        KafkaEventLog log;
        try {
            log = KafkaEventLog.connect(settings.kafka(), schemas, settings.bounds(), metrics);
        } catch (RuntimeException e) {
            schemas.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RefusedException("The Kafka producer cannot be created: " + cause.getMessage(), e);
        }
        awaitPrepared(log, schemas);
        return new IngestService(log, metrics, schemas, reader, client);
    }

    private static SchemaDirectory openSchemas(IngestSettings settings) {
        try {
            return SchemaDirectory.open(settings.registry().properties());
        } catch (RegistryRefusedException e) {
            throw RefusedException.of(e);
        }
    }

    private static void awaitPrepared(KafkaEventLog log, SchemaDirectory schemas) {
        try {
            log.prepared().get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Kafka or the registry is not available yet.
        } catch (ExecutionException e) {
            log.close();
            schemas.close();
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw RefusedException.of(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "ingest-api";
    }

    @Override
    public List<Route> routes() {
        return IngestRoutes.of(log, metrics, reader, workers, Clock.systemUTC());
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("log", () -> {
            LogState state = log.state();
            return new CheckResult(state.ready(), state.detail());
        }));
    }

    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts(SharedOpenApi.header(), IngestRoutes.openApiPaths(), SharedOpenApi.components());
    }

    @Override
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** Waiting writes are answered as if their clients had not waited: their events are in the log. */
    @Override
    public void stopWaiting() {
        if (client != null) {
            client.stopWaiting();
        }
    }

    @Override
    public void close() {
        workers.close();
        log.close();
        schemas.close();
        if (client != null) {
            client.close();
        }
    }
}
