package dev.tally.streams;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.server.ReadRoutes;
import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.lifecycle.Service;
import dev.tally.streams.read.LocalReader;
import dev.tally.streams.runtime.OffsetLimit;
import dev.tally.streams.runtime.RuntimeOptions;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The counting service. It applies events to totals and serves the totals of the partitions that this instance owns: in process
 * through {@link #reader} and over HTTP through the internal {@link #routes}.
 *
 * <p>After {@link #open} every read is NotReady. {@link #startCounting} is called when the endpoint of this instance is known;
 * Kafka may still be unavailable then. An unrecoverable failure of counting completes {@link #failure}.
 */
public final class CounterStreamsService implements Service {
    private final StreamsSettings settings;
    /** Of the generation that this instance counts and serves. */
    private final ReadProtocol protocol;

    private final ServingStores serving = new ServingStores();
    private final CountingMetrics metrics = new CountingMetrics();
    private final SchemaDirectory schemas;
    private final StreamsRuntime runtime;
    private final LocalReader reader;
    private final StreamsMeters meters;
    private volatile @Nullable String address;

    private CounterStreamsService(
            StreamsSettings settings, ReadProtocol protocol, SchemaDirectory schemas, MeterRegistry registry) {
        this.settings = settings;
        this.protocol = protocol;
        this.schemas = schemas;
        this.runtime = new StreamsRuntime(schemas, serving, metrics, new OffsetLimit(), new Feeds(true));
        this.reader = new LocalReader(serving, runtime, settings.partitions(), () -> address);
        this.meters = new StreamsMeters(registry, metrics, serving, runtime, reader);
    }

    /**
     * Opens the service. Does not start counting.
     *
     * @throws RefusedException if the settings of the schema registry are not valid
     */
    public static CounterStreamsService open(StreamsSettings settings, MeterRegistry registry) {
        try {
            SchemaDirectory schemas = SchemaDirectory.open(settings.registry().properties());
            return new CounterStreamsService(
                    settings, ReadProtocol.of(settings.generation().name()), schemas, registry);
        } catch (RegistryRefusedException e) {
            throw RefusedException.of(e);
        }
    }

    /**
     * Starts counting; returns immediately.
     *
     * @param endpoint {@code host:port} at which other processes reach the routes, unless the settings specify another
     */
    public void startCounting(String endpoint) {
        String reachedBy = settings.endpoint() == null ? endpoint : settings.endpoint();
        address = reachedBy;
        runtime.start(new RuntimeOptions(
                settings.generation().applicationId(),
                InstanceId.of(settings.stateDir()),
                reachedBy,
                settings.stateDir(),
                settings.parameters(),
                settings.threads(),
                settings.standbys(),
                settings.stateMemoryBytes(),
                settings.partitions(),
                settings.replicationFactor(),
                settings.acceptedGaps(),
                settings.streams(),
                settings.admin()));
    }

    /**
     * Sets the address of this instance, if it was not known when counting started. Explanations name it as the owner.
     *
     * @param hostAndPort the host and port of the server that serves its reads
     */
    public void answersAt(String hostAndPort) {
        address = hostAndPort;
    }

    /** Reads the counters of the partitions that this instance owns. */
    public StateReader reader() {
        return reader;
    }

    /** The partition ownership as last reported to this instance. */
    public Ownership ownership() {
        List<Ownership.Owner> owners = runtime.owners().byEndpoint().entrySet().stream()
                .map(owner -> new Ownership.Owner(owner.getKey(), List.copyOf(owner.getValue())))
                .toList();
        return new Ownership(protocol.generation(), settings.partitions(), owners);
    }

    @Override
    public String name() {
        return "counter-streams";
    }

    @Override
    public List<Route> routes() {
        return ReadRoutes.of(protocol, reader, reader::readInMemory, this::ownership);
    }

    @Override
    public List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(new HealthCheck("streams", () -> new CheckResult(runtime.isRunning(), runtime.condition())));
        checks.add(new HealthCheck(
                "membership",
                () -> new CheckResult(
                        runtime.isMember(),
                        runtime.isMember()
                                ? "the group coordinator answers"
                                : "the group coordinator does not answer; the membership lease has expired")));
        if (schemas.hasRegistry()) {
            checks.add(new HealthCheck("schemas", this::checkSchemas));
        }
        return checks;
    }

    private CheckResult checkSchemas() {
        String stall = runtime.stall();
        return stall == null ? CheckResult.ready("no event waits for its schema") : CheckResult.notReady(stall);
    }

    /** Without paths: the endpoints are for query-api, not for the public. */
    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts(SharedOpenApi.header(), "", SharedOpenApi.components());
    }

    @Override
    public CompletableFuture<Void> failure() {
        return runtime.failure();
    }

    @Override
    public void stopWaiting() {
        reader.stopWaiting();
    }

    @Override
    public void close() {
        runtime.close();
        schemas.close();
        reader.close();
        meters.close();
    }
}
