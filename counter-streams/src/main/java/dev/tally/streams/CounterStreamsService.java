package dev.tally.streams;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.server.ReadRoutes;
import dev.tally.schemas.api.SharedOpenApi;
import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.service.health.HealthCheck;
import dev.tally.service.http.Route;
import dev.tally.service.lifecycle.OpenApiParts;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.lifecycle.Service;
import dev.tally.streams.change.ChangeWorker;
import dev.tally.streams.change.Replacement;
import dev.tally.streams.change.Side;
import dev.tally.streams.change.Unusable;
import dev.tally.streams.generation.Board;
import dev.tally.streams.generation.BoardWriter;
import dev.tally.streams.generation.FollowedGenerations;
import dev.tally.streams.runtime.CountedRecords;
import dev.tally.streams.runtime.EndedCounting;
import dev.tally.streams.runtime.LocalState;
import dev.tally.streams.runtime.UnusableStateException;
import dev.tally.streams.snapshot.Beginnings;
import dev.tally.streams.snapshot.SnapshotSettings;
import dev.tally.streams.snapshot.SnapshotSource;
import dev.tally.streams.snapshot.Snapshots;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.store.StateParameters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counting service. It applies events to totals and serves the totals of the partitions that this instance owns: in process
 * through {@link #reader} and over HTTP through the internal {@link #routes}.
 *
 * <p>After {@link #open} every read is NotReady. {@link #startCounting} is called when the endpoint of this instance is known;
 * Kafka may still be unavailable then. An unrecoverable failure of counting completes {@link #failure}.
 */
public final class CounterStreamsService implements Service {
    private static final Logger LOGGER = LoggerFactory.getLogger(CounterStreamsService.class);

    private final StreamsSettings settings;
    private final SchemaDirectory schemas;
    private final MeterRegistry registry;
    private final StateMemory memory;
    private final HostedGenerations generations = new HostedGenerations(this::host, this::delete);
    private final FollowedGenerations record;
    private final LiveReader reader;
    private final StreamsChecks checks;
    private final ChangeWorker changes;
    private final RebuildProgress progress = new RebuildProgress(this::counted, System::nanoTime);
    private final StreamsMeters meters;
    private final Snapshots snapshots;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile @Nullable String address;
    private volatile String endpoint = "";
    private volatile Board board = Board.EMPTY;

    private CounterStreamsService(StreamsSettings settings, SchemaDirectory schemas, MeterRegistry registry) {
        this.settings = settings;
        this.schemas = schemas;
        this.registry = registry;
        this.memory = new StateMemory(settings.stateMemoryBytes());
        this.record = new FollowedGenerations(
                settings.board(),
                settings.admin(),
                settings.replicationFactor(),
                first -> Generations.first(settings.parameters().recorded(), StateParameters.FORMAT, first),
                this::follow);
        BoardWriter writer = new BoardWriter(settings.board());
        SnapshotSettings ofSnapshots = new SnapshotSettings(
                settings.snapshotInterval(),
                settings.partitions(),
                settings.replicationFactor(),
                settings.admin(),
                settings.streams(),
                settings.board());
        this.snapshots = new Snapshots(ofSnapshots, this::snapshotSource, () -> board.notes(), writer);
        this.meters = new StreamsMeters(registry, generations::live, memory, progress, snapshots);
        Beginnings beginnings = new Beginnings(ofSnapshots, settings.parameters(), settings.acceptedGaps());
        Replacement replacement = new Replacement(
                generations::unusable,
                new EndedCounting(settings.admin(), settings.partitions()),
                settings.partitions());
        this.changes = new ChangeWorker(settings.partitions(), writer, this::side, beginnings, replacement);
        this.reader = new LiveReader(generations, settings.partitions(), this::condition);
        this.checks =
                new StreamsChecks(generations, this::condition, progress, snapshots::condition, schemas.hasRegistry());
        var unused = record.failure().whenComplete((nothing, cause) -> failure.completeExceptionally(cause));
    }

    /**
     * Opens the service. Does not start counting.
     *
     * @throws RefusedException if the settings of the schema registry are not valid
     */
    public static CounterStreamsService open(StreamsSettings settings, MeterRegistry registry) {
        try {
            return new CounterStreamsService(
                    settings, SchemaDirectory.open(settings.registry().properties()), registry);
        } catch (RegistryRefusedException e) {
            throw RefusedException.of(e);
        }
    }

    /**
     * Starts counting; returns immediately.
     *
     * @param reachedBy {@code host:port} at which other processes reach the routes, unless the settings specify another
     */
    public void startCounting(String reachedBy) {
        endpoint = settings.endpoint() == null ? reachedBy : settings.endpoint();
        address = endpoint;
        record.start();
        snapshots.start();
    }

    /** On the thread that follows the record. What runs here and up to where is set before this instance acts on the change. */
    private void follow(Board followed) {
        Generations now = followed.generations();
        if (now == null) {
            return;
        }
        board = followed;
        generations.follow(now);
        generations.all().forEach(hosted -> hosted.follow(now));
        progress.follow(now);
        HostedGeneration live = generations.live();
        if (live != null) {
            meters.follow(live);
        }
        generations.all().forEach(hosted -> changes.prepare(followed, hosted.side()));
        changes.look(followed);
    }

    private @Nullable SnapshotSource snapshotSource() {
        HostedGeneration live = generations.live();
        return live == null || !live.runtime().isRunning() ? null : live.snapshotSource();
    }

    private @Nullable Side side(String name) {
        HostedGeneration hosted = generations.get(name);
        return hosted == null ? null : hosted.side();
    }

    /** Why no generation answers here, in a phrase. */
    private String condition() {
        Unusable unusable = generations.unusable();
        return unusable == null ? record.condition() : unusable.sentence();
    }

    private void delete(String name) {
        LocalState.delete(settings.stateDir(), Generations.applicationId(name));
    }

    private @Nullable CountedRecords counted(String name) {
        HostedGeneration hosted = generations.get(name);
        return hosted == null ? null : hosted.runtime().counted();
    }

    private HostedGeneration host(GenerationEntry entry) {
        HostedGeneration hosted =
                new HostedGeneration(new Generation(entry.name()), settings, schemas, memory, registry, () -> address);
        Generations now = board.generations();
        if (now != null) {
            hosted.follow(now);
        }
        changes.prepare(board, hosted.side());
        hosted.start(settings, entry, endpoint);
        var unused = hosted.runtime().failure().whenComplete((nothing, cause) -> failed(hosted, cause));
        return hosted;
    }

    /**
     * With a state that cannot be used, this instance waits until the operator counts it again. Without the live generation for
     * another reason, this instance is of no use. Another one may fail alone: the change to it is refused.
     */
    private void failed(HostedGeneration hosted, Throwable cause) {
        Generations now = board.generations();
        boolean isLive = now != null && now.live().equals(hosted.name());
        if (cause instanceof UnusableStateException unusable) {
            LOGGER.error(
                    "The state of generation {} cannot be used{}. {}",
                    hosted.name(),
                    isLive ? "; reads are refused until it is counted again" : "",
                    unusable.sentence());
            changes.failed(hosted.name(), unusable.sentence());
            generations.fail(hosted, new Unusable(unusable.sentence(), unusable.isOfOtherLog()));
        } else if (isLive) {
            failure.completeExceptionally(cause);
        } else {
            changes.failed(hosted.name(), String.valueOf(cause.getMessage()));
            LOGGER.error("Generation {} stopped; the live generation goes on", hosted.name(), cause);
        }
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

    /** The partition ownership of the live generation as last reported to this instance. */
    public Ownership ownership() {
        HostedGeneration live = generations.live();
        if (live == null) {
            return new Ownership(settings.generation().name(), settings.partitions(), List.of());
        }
        List<Ownership.Owner> owners = live.runtime().owners().byEndpoint().entrySet().stream()
                .map(owner -> new Ownership.Owner(owner.getKey(), List.copyOf(owner.getValue())))
                .toList();
        return new Ownership(live.name(), settings.partitions(), owners);
    }

    @Override
    public String name() {
        return "counter-streams";
    }

    @Override
    public List<Route> routes() {
        return ReadRoutes.of(ReadProtocol.LIVE, reader, reader::readInMemory, this::ownership);
    }

    @Override
    public List<HealthCheck> checks() {
        return checks.all();
    }

    /** Without paths: the endpoints are for query-api, not for the public. */
    @Override
    public OpenApiParts openApi() {
        return new OpenApiParts(SharedOpenApi.header(), "", SharedOpenApi.components());
    }

    @Override
    public CompletableFuture<Void> failure() {
        return failure;
    }

    @Override
    public void stopWaiting() {
        generations.stopWaiting();
    }

    @Override
    public void close() {
        record.close();
        changes.close();
        snapshots.close();
        generations.close();
        memory.close();
        schemas.close();
    }
}
