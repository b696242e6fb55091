package dev.tally.query.routing;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Elsewhere;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.health.CheckResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads each counter at the instance of counter-streams that owns its partition. The partition comes from our own
 * placement; who owns it, from what the instances say, which may be old: an instance that does not own it says who does,
 * and is believed once. Whatever else comes instead of an answer is NotReady. Only an owner can say that a counter is
 * unknown.
 */
public final class Routing implements CounterReader, AutoCloseable {
    private static final int CONCURRENT_READS_MAX = 1_024;
    /** Of their own, so that those who wait for half a minute do not keep the others out. */
    private static final int WAITING_READS_MAX = 1_000;

    private static final int SEED_ADDRESSES_MAX = 256;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final PeerClient peers;
    private final Directory directory;

    private Routing(PeerClient peers, Directory directory) {
        this.peers = peers;
        this.directory = directory;
    }

    /**
     * Starts to learn the owners; returns at once.
     *
     * @param streams {@code host:port} of instances to learn the others from; a name may stand for several
     */
    public static Routing start(List<String> streams) {
        Seeds seeds = new Seeds(streams, InetAddress::getAllByName, SEED_ADDRESSES_MAX);
        return start(seeds, new PeerClient(CONCURRENT_READS_MAX, WAITING_READS_MAX, TIMEOUT), Directory.Pace.DEFAULT);
    }

    static Routing start(Seeds seeds, PeerClient peers, Directory.Pace pace) {
        return new Routing(peers, Directory.start(seeds, peers, pace));
    }

    /** Whether an owner of every partition has been seen since the start. */
    public CheckResult check() {
        return directory.check();
    }

    @Override
    public CompletionStage<ReadResult> read(CounterName counter, ReadQuery query) {
        OwnerTable table = directory.table();
        if (table == null) {
            return notReady(directory.condition());
        }
        int partition = Placement.partition(counter.key(), table.partitions());
        String owner = table.owner(partition);
        if (owner == null) {
            directory.refresh();
            return notReady("partition " + partition + " has no owner now");
        }
        long start = query.waitMax().isZero() ? 0 : System.nanoTime();
        return ask(owner, partition, counter, query).thenCompose(result -> {
            if (!(result instanceof Elsewhere elsewhere)) {
                return CompletableFuture.completedFuture(result);
            }
            directory.refresh();
            return follow(elsewhere.owner(), owner, partition, counter, rest(query, start));
        });
    }

    /** What is still to be asked: no more than what is left of the wait. */
    private static ReadQuery rest(ReadQuery query, long startNanos) {
        if (query.waitMax().isZero()) {
            return query;
        }
        Duration left = query.waitMax().minusNanos(System.nanoTime() - startNanos);
        return new ReadQuery(query.after(), query.committed(), left.isNegative() ? Duration.ZERO : left, query.event());
    }

    private CompletionStage<ReadResult> follow(
            @Nullable String named, String asked, int partition, CounterName counter, ReadQuery query) {
        if (named == null || named.equals(asked)) {
            return notReady(handover(partition));
        }
        return ask(named, partition, counter, query)
                .thenApply(result -> result instanceof Elsewhere ? new NotReady(handover(partition)) : result);
    }

    /** Never completes exceptionally. */
    private CompletableFuture<ReadResult> ask(String endpoint, int partition, CounterName counter, ReadQuery query) {
        return peers.read(endpoint, counter, query).handle((result, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                directory.refresh();
                return new NotReady("counter-streams at " + endpoint + ": " + cause.getMessage());
            }
            String fault = fault(partition, query, result);
            return fault == null ? result : new NotReady("counter-streams at " + endpoint + ": " + fault);
        });
    }

    /** Why a total or an unknown is not one of this counter, or not one that was asked for, whatever it says; else null. */
    private static @Nullable String fault(int partition, ReadQuery query, ReadResult result) {
        AsOf asOf = result.statedAsOf();
        if (asOf == null) {
            return null;
        }
        Receipt receipt = asOf.receipt();
        if (receipt != null && receipt.partition() != partition) {
            return "it answered for another partition";
        }
        return asOf.reflects(query.after().of(partition)) ? null : "it answered as of an earlier receipt";
    }

    private static String handover(int partition) {
        return "partition " + partition + " is being handed over";
    }

    private static CompletableFuture<ReadResult> notReady(String reason) {
        return CompletableFuture.completedFuture(new NotReady(reason));
    }

    @Override
    public void close() {
        directory.close();
        peers.close();
    }
}
