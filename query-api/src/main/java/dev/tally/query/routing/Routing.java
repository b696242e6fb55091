package dev.tally.query.routing;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ReadRequest;
import dev.tally.protocol.client.ReadClient;
import dev.tally.protocol.client.ReadClientException;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Elsewhere;
import dev.tally.schemas.read.ReadResult.Found;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.StateReader;
import dev.tally.schemas.read.Total;
import dev.tally.service.health.CheckResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads each partition at the instance of counter-streams that owns it. {@link Placement} determines the partition of a
 * counter. The instances report the partition ownership, which may be stale: an instance that does not own a partition
 * names the owner, and the read follows that answer once. Every other failure is NotReady. Only an owner can report
 * that a counter is unknown.
 */
public final class Routing implements StateReader, AutoCloseable {
    /** Reads that wait have a separate bound, so that reads of up to half a minute do not block the others. */
    private static final ReadClient.Limits LIMITS = new ReadClient.Limits(1_024, 1_000, Duration.ofSeconds(2));

    private static final int SEED_ADDRESSES_MAX = 256;

    /** Makes a read at one instance. */
    private interface Ask<T> {
        CompletableFuture<ReadResult<T>> at(String endpoint, ReadQuery query);
    }

    private final ReadClient client;
    private final Directory directory;

    /** The ID of the request that causes the reads; null if there is none. */
    private final @Nullable String requestId;

    private Routing(ReadClient client, Directory directory, @Nullable String requestId) {
        this.client = client;
        this.directory = directory;
        this.requestId = requestId;
    }

    /**
     * Starts to learn the partition ownership; returns at once.
     *
     * @param protocol of the generation that is read
     * @param streams {@code host:port} of instances from which the others are learned; a DNS name may stand for several
     *     instances
     */
    public static Routing start(ReadProtocol protocol, List<String> streams) {
        Seeds seeds = new Seeds(streams, InetAddress::getAllByName, SEED_ADDRESSES_MAX);
        return start(seeds, new ReadClient(protocol, "query-peer", "http", LIMITS), Directory.Pace.DEFAULT);
    }

    static Routing start(Seeds seeds, ReadClient client, Directory.Pace pace) {
        return new Routing(client, Directory.start(seeds, client, pace), null);
    }

    /** Ready when every partition has had an owner since the start. */
    public CheckResult check() {
        return directory.check();
    }

    @Override
    public Routing askedBy(String request) {
        return new Routing(client, directory, request);
    }

    /** Ends the reads that wait, and every later read that would wait, as not ready. */
    public void stopWaiting() {
        client.stopWaiting();
    }

    @Override
    public OptionalInt partitions() {
        OwnerTable table = directory.table();
        return table == null ? OptionalInt.empty() : OptionalInt.of(table.partitions());
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        return askOwner(
                table -> partition(counter, table),
                (endpoint, conditions) -> client.total(endpoint, counter, conditions, requestId),
                total -> true,
                query);
    }

    @Override
    public CompletionStage<ReadResult<History>> history(CounterName counter, HistoryRange range, ReadQuery query) {
        return askOwner(table -> partition(counter, table), client.protocol().history(counter, range), query);
    }

    @Override
    public CompletionStage<ReadResult<Explanation>> explain(CounterName counter, ReadQuery query) {
        return askOwner(table -> partition(counter, table), client.protocol().explanation(counter), query);
    }

    @Override
    public CompletionStage<ReadResult<CounterPage>> page(int partition, PageQuery page, ReadQuery query) {
        return askOwner(table -> partition, client.protocol().page(partition, page), query);
    }

    private static int partition(CounterName counter, OwnerTable table) {
        return Placement.partition(counter.key(), table.partitions());
    }

    private <T> CompletableFuture<ReadResult<T>> askOwner(
            ToIntFunction<OwnerTable> place, ReadRequest<T> request, ReadQuery query) {
        return askOwner(
                place,
                (endpoint, conditions) -> client.read(endpoint, request, conditions, requestId),
                request::fits,
                query);
    }

    /** @param fits whether a value is a possible answer */
    private <T> CompletableFuture<ReadResult<T>> askOwner(
            ToIntFunction<OwnerTable> place, Ask<T> ask, Predicate<T> fits, ReadQuery query) {
        OwnerTable table = directory.table();
        if (table == null) {
            return CompletableFuture.completedFuture(new NotReady<>(directory.condition()));
        }
        int partition = place.applyAsInt(table);
        String owner = partition < table.partitions() ? table.owner(partition) : null;
        if (owner == null) {
            directory.refresh();
            return CompletableFuture.completedFuture(
                    new NotReady<>("partition " + partition + " has no owner; /readyz of counter-streams says why"));
        }
        long start = query.waitMax().isZero() ? 0 : System.nanoTime();
        return ask(owner, partition, ask, fits, query).thenCompose(result -> {
            if (!(result instanceof Elsewhere<T> elsewhere)) {
                return CompletableFuture.completedFuture(result);
            }
            directory.refresh();
            String named = elsewhere.owner();
            return named == null || named.equals(owner)
                    ? CompletableFuture.completedFuture(handover(partition))
                    : follow(named, partition, ask, fits, query.afterWaiting(System.nanoTime() - start));
        });
    }

    private <T> CompletableFuture<ReadResult<T>> follow(
            String named, int partition, Ask<T> ask, Predicate<T> fits, ReadQuery query) {
        return ask(named, partition, ask, fits, query)
                .thenApply(result -> result instanceof Elsewhere<T> ? handover(partition) : result);
    }

    /** Never completes exceptionally. */
    private <T> CompletableFuture<ReadResult<T>> ask(
            String endpoint, int partition, Ask<T> ask, Predicate<T> fits, ReadQuery query) {
        return ask.at(endpoint, query).handle((result, failure) -> {
            if (failure != null) {
                directory.refresh();
                return notReady(endpoint, reason(failure));
            }
            String fault = fault(partition, fits, query, result);
            return fault == null ? result : notReady(endpoint, fault);
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof ReadClientException known && known.reason() == ReadClientException.Reason.STOPPED
                ? "query-api is shutting down"
                : String.valueOf(cause.getMessage());
    }

    /**
     * Why a result is not for this partition or does not match the request; null if it does. Every result with an
     * {@code asOf} is checked.
     */
    private static <T> @Nullable String fault(int partition, Predicate<T> fits, ReadQuery query, ReadResult<T> result) {
        AsOf asOf = result.statedAsOf();
        if (asOf == null) {
            return null;
        }
        Receipt receipt = asOf.receipt();
        if (receipt != null && receipt.partition() != partition) {
            return "it answered for another partition";
        } else if (!asOf.reflects(query.after().of(partition))) {
            return "it answered as of an earlier receipt";
        }
        return result instanceof Found<T> found && !fits.test(found.value())
                ? "its answer does not match the request"
                : null;
    }

    private static <T> ReadResult<T> handover(int partition) {
        return new NotReady<>("partition " + partition + " is moving to another instance");
    }

    private static <T> ReadResult<T> notReady(String endpoint, String reason) {
        return new NotReady<>("counter-streams at " + endpoint + ": " + reason);
    }

    @Override
    public void close() {
        directory.close();
        client.close();
    }
}
