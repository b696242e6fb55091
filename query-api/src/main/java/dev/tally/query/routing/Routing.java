package dev.tally.query.routing;

import dev.tally.protocol.client.PeerClient;
import dev.tally.protocol.client.Question;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Elsewhere;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.StateReader;
import dev.tally.service.health.CheckResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads each partition at the instance of counter-streams that owns it. {@link Placement} determines the partition of a
 * counter. The instances report the partition ownership, which may be stale: an instance that does not own a partition
 * names the owner, and the read follows that answer once. Every other failure is NotReady. Only an owner can report
 * that a counter is unknown.
 */
public final class Routing implements StateReader, AutoCloseable {
    private static final int CONCURRENT_READS_MAX = 1_024;
    /** A separate bound, so that reads that wait for up to half a minute do not block the others. */
    private static final int WAITING_READS_MAX = 1_000;

    private static final int SEED_ADDRESSES_MAX = 256;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final PeerClient peers;
    private final Directory directory;

    /** The ID of the request that causes the reads; null if there is none. */
    private final @Nullable String requestId;

    private Routing(PeerClient peers, Directory directory, @Nullable String requestId) {
        this.peers = peers;
        this.directory = directory;
        this.requestId = requestId;
    }

    /**
     * Starts to learn the partition ownership; returns at once.
     *
     * @param streams {@code host:port} of instances from which the others are learned; a DNS name may stand for several
     *     instances
     */
    public static Routing start(List<String> streams) {
        Seeds seeds = new Seeds(streams, InetAddress::getAllByName, SEED_ADDRESSES_MAX);
        return start(seeds, new PeerClient(CONCURRENT_READS_MAX, WAITING_READS_MAX, TIMEOUT), Directory.Pace.DEFAULT);
    }

    static Routing start(Seeds seeds, PeerClient peers, Directory.Pace pace) {
        return new Routing(peers, Directory.start(seeds, peers, pace), null);
    }

    /** Ready when every partition has had an owner since the start. */
    public CheckResult check() {
        return directory.check();
    }

    @Override
    public Routing askedBy(String request) {
        return new Routing(peers, directory, request);
    }

    /** Ends the reads that wait, and every later read that would wait, as not ready. */
    public void stopWaiting() {
        peers.stopWaiting();
    }

    @Override
    public OptionalInt partitions() {
        OwnerTable table = directory.table();
        return table == null ? OptionalInt.empty() : OptionalInt.of(table.partitions());
    }

    @Override
    public CompletionStage<ReadResult> read(CounterName counter, ReadQuery query) {
        return askOwner(counter, Question.total(counter), query).thenApply(Question::result);
    }

    @Override
    public CompletionStage<Answer<History>> history(CounterName counter, HistoryRange range, ReadQuery query) {
        return askOwner(counter, Question.history(counter, range), query);
    }

    @Override
    public CompletionStage<Answer<Explanation>> explain(CounterName counter, ReadQuery query) {
        return askOwner(counter, Question.explanation(counter), query);
    }

    @Override
    public CompletionStage<Answer<CounterPage>> page(int partition, PageQuery page, ReadQuery query) {
        return askOwner(table -> partition, Question.page(partition, page), query);
    }

    private <T> CompletableFuture<Answer<T>> askOwner(CounterName counter, Question<T> question, ReadQuery query) {
        return askOwner(table -> Placement.partition(counter.key(), table.partitions()), question, query);
    }

    private <T> CompletableFuture<Answer<T>> askOwner(
            ToIntFunction<OwnerTable> place, Question<T> question, ReadQuery query) {
        OwnerTable table = directory.table();
        if (table == null) {
            return notReady(directory.condition());
        }
        int partition = place.applyAsInt(table);
        String owner = partition < table.partitions() ? table.owner(partition) : null;
        if (owner == null) {
            directory.refresh();
            return notReady("partition " + partition + " has no owner");
        }
        long start = query.waitMax().isZero() ? 0 : System.nanoTime();
        return ask(owner, partition, question, query).thenCompose(answer -> {
            Elsewhere elsewhere = elsewhere(answer);
            if (elsewhere == null) {
                return CompletableFuture.completedFuture(answer);
            }
            directory.refresh();
            return follow(elsewhere.owner(), owner, partition, question, rest(query, start));
        });
    }

    private static @Nullable Elsewhere elsewhere(Answer<?> answer) {
        return answer instanceof Answer.Missing<?> missing && missing.why() instanceof Elsewhere elsewhere
                ? elsewhere
                : null;
    }

    /** The query for the remainder: its wait is at most what is left of the original wait. */
    private static ReadQuery rest(ReadQuery query, long startNanos) {
        if (query.waitMax().isZero()) {
            return query;
        }
        Duration left = query.waitMax().minusNanos(System.nanoTime() - startNanos);
        return new ReadQuery(query.after(), query.committed(), left.isNegative() ? Duration.ZERO : left, query.event());
    }

    private <T> CompletableFuture<Answer<T>> follow(
            @Nullable String named, String asked, int partition, Question<T> question, ReadQuery query) {
        if (named == null || named.equals(asked)) {
            return notReady(handover(partition));
        }
        return ask(named, partition, question, query)
                .thenApply(answer -> elsewhere(answer) == null ? answer : missing(handover(partition)));
    }

    /** Never completes exceptionally. */
    private <T> CompletableFuture<Answer<T>> ask(
            String endpoint, int partition, Question<T> question, ReadQuery query) {
        return peers.ask(endpoint, question, query, requestId).handle((answer, failure) -> {
            if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                directory.refresh();
                return missing("counter-streams at " + endpoint + ": " + cause.getMessage());
            }
            String fault = fault(partition, question, query, answer);
            return fault == null ? answer : missing("counter-streams at " + endpoint + ": " + fault);
        });
    }

    /**
     * Why an answer is not for this partition or does not match the question; null if it does. Every answer with an
     * {@code asOf} is checked.
     */
    private static <T> @Nullable String fault(int partition, Question<T> question, ReadQuery query, Answer<T> answer) {
        AsOf asOf = answer.statedAsOf();
        if (asOf == null) {
            return null;
        }
        Receipt receipt = asOf.receipt();
        if (receipt != null && receipt.partition() != partition) {
            return "it answered for another partition";
        } else if (!asOf.reflects(query.after().of(partition))) {
            return "it answered as of an earlier receipt";
        }
        return answer instanceof Answer.Given<T> given && !question.fits().test(given.value())
                ? "it answered what was not asked"
                : null;
    }

    private static String handover(int partition) {
        return "partition " + partition + " is being handed over";
    }

    private static <T> CompletableFuture<Answer<T>> notReady(String reason) {
        return CompletableFuture.completedFuture(missing(reason));
    }

    private static <T> Answer<T> missing(String reason) {
        return new Answer.Missing<>(new NotReady(reason));
    }

    @Override
    public void close() {
        directory.close();
        peers.close();
    }
}
