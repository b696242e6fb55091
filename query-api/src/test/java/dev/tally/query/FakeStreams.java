package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.Response;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A fake instance of counter-streams for query-api: its internal HTTP endpoints, with answers that the test sets. */
public final class FakeStreams implements AutoCloseable {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");

    /** Short, because a test may leave requests unanswered. */
    private static final Duration SHORT = Duration.ofMillis(200);

    private final HttpServer server;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger jointRequests = new AtomicInteger();
    private final List<ReadQuery> queries = new CopyOnWriteArrayList<>();
    private volatile Function<CounterName, ReadResult<Total>> counters =
            name -> new ReadResult.NotReady<>("not told yet");
    private volatile Predicate<CounterName> askedAlone = name -> false;
    private volatile Supplier<Ownership> ownership = () -> new Ownership("g1", 1, List.of());
    private volatile @Nullable Function<Request, @Nullable Response> instead;
    private volatile BiFunction<CounterName, HistoryRange, ReadResult<History>> histories =
            (name, range) -> notToldYet();
    private volatile Function<CounterName, ReadResult<Explanation>> explanations = name -> notToldYet();
    private volatile BiFunction<Integer, PageQuery, ReadResult<CounterPage>> pages = (partition, page) -> notToldYet();

    public FakeStreams() {
        server = HttpServer.start(
                new HttpSettings("127.0.0.1", 0),
                HttpLimits.defaults().withDeadlines(SHORT, SHORT, SHORT),
                List.of(
                        new Route("GET", ReadProtocol.LIVE.counterTemplate(), this::read),
                        new Route("GET", ReadProtocol.LIVE.totalsPath(), this::totals),
                        new Route("GET", ReadProtocol.LIVE.historyTemplate(), this::history),
                        new Route("GET", ReadProtocol.LIVE.explainTemplate(), this::explain),
                        new Route("GET", ReadProtocol.LIVE.pageTemplate(), this::page),
                        new Route(
                                "GET",
                                ReadProtocol.LIVE.ownershipPath(),
                                request -> request.respond(
                                        Response.of(200, "application/json", ReadProtocol.write(ownership.get()))))),
                new SimpleMeterRegistry());
    }

    public String endpoint() {
        return "127.0.0.1:" + server.port();
    }

    public int reads() {
        return reads.get();
    }

    /** The number of requests for totals, of one or more counters. */
    public int jointRequests() {
        return jointRequests.get();
    }

    /** Sets the counters that are not in memory, so that each must be read with its own request. */
    public FakeStreams hasOnDisk(Predicate<CounterName> given) {
        askedAlone = given;
        return this;
    }

    /** The queries of the reads so far, in order. */
    public List<ReadQuery> queries() {
        return List.copyOf(queries);
    }

    public FakeStreams answers(Function<CounterName, ReadResult<Total>> given) {
        counters = given;
        instead = null;
        return this;
    }

    public FakeStreams answers(ReadResult<Total> given) {
        return answers(name -> given);
    }

    public FakeStreams answersHistories(BiFunction<CounterName, HistoryRange, ReadResult<History>> given) {
        histories = given;
        instead = null;
        return this;
    }

    public FakeStreams answersExplanations(Function<CounterName, ReadResult<Explanation>> given) {
        explanations = given;
        instead = null;
        return this;
    }

    /** @param given the answer by partition and query */
    public FakeStreams answersPages(BiFunction<Integer, PageQuery, ReadResult<CounterPage>> given) {
        pages = given;
        instead = null;
        return this;
    }

    /** Sets the raw answers to reads of any kind. A request whose answer is null is never answered. */
    public FakeStreams answersRaw(Function<Request, @Nullable Response> given) {
        instead = given;
        return this;
    }

    public FakeStreams says(int partitions, Ownership.Owner... owners) {
        ownership = () -> new Ownership("g1", partitions, List.of(owners));
        return this;
    }

    /** Sets one owner for the partitions with even numbers and another for those with odd numbers. */
    public FakeStreams saysOwnersAre(int partitions, String even, String odd) {
        List<Integer> evens =
                IntStream.range(0, partitions).filter(p -> p % 2 == 0).boxed().toList();
        List<Integer> odds =
                IntStream.range(0, partitions).filter(p -> p % 2 == 1).boxed().toList();
        return says(partitions, new Ownership.Owner(even, evens), new Ownership.Owner(odd, odds));
    }

    public static ReadResult.Found<Total> found(long total, int partition) {
        return new ReadResult.Found<>(new Total(total, TIME), asOf(partition));
    }

    public static AsOf asOf(int partition) {
        return new AsOf(new Receipt(partition, 17), TIME, 2L, AsOf.Role.ACTIVE, TIME.plusMillis(5));
    }

    /** A result in the format of the read protocol. */
    /** A result without a value, of any kind of read. */
    @SuppressWarnings("unchecked") // it contains no value
    public static <T> ReadResult<T> missing(ReadResult<?> why) {
        assertThat(why).isInstanceOf(ReadResult.Missing.class);
        return (ReadResult<T>) why;
    }

    public static Response response(ReadResult<Total> result) {
        return Response.of(200, "application/json", ResultFormat.TOTAL.write(result));
    }

    private void read(Request request) {
        answer(request, () -> ResultFormat.TOTAL.write(counters.apply(counter(request))));
    }

    /** Raw answers are for reads of one counter: while they are set, each counter must be read with its own request. */
    private void totals(Request request) {
        List<CounterName> asked = ReadProtocol.parseTotalsNames(request.query().get(ReadProtocol.TOTALS_PARAMETER));
        List<@Nullable ReadResult<Total>> results = new ArrayList<>();
        for (CounterName counter : asked) {
            boolean alone = instead != null || askedAlone.test(counter);
            results.add(alone ? null : counters.apply(counter));
            if (!alone) {
                queries.add(ReadQuery.NOW);
                reads.incrementAndGet();
            }
        }
        jointRequests.incrementAndGet();
        request.respond(Response.of(200, "application/json", ReadProtocol.writeTotals(results)));
    }

    private void history(Request request) {
        HistoryRange range = ReadProtocol.parseRange(request.query()::get);
        answer(request, () -> ResultFormat.HISTORY.write(histories.apply(counter(request), range)));
    }

    private void explain(Request request) {
        answer(request, () -> ResultFormat.EXPLANATION.write(explanations.apply(counter(request))));
    }

    private void page(Request request) {
        int partition = Integer.parseInt(request.pathParameter("partition"));
        PageQuery page = ReadProtocol.parsePage(request.pathParameter("namespace"), request.query()::get);
        answer(request, () -> ResultFormat.PAGE.write(pages.apply(partition, page)));
    }

    private void answer(Request request, Supplier<byte[]> json) {
        queries.add(ReadProtocol.parseQuery(request.query()::get));
        reads.incrementAndGet();
        Function<Request, @Nullable Response> raw = instead;
        Response response = raw == null ? Response.of(200, "application/json", json.get()) : raw.apply(request);
        if (response != null) {
            request.respond(response);
        }
    }

    private static CounterName counter(Request request) {
        return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
    }

    private static <T> ReadResult<T> notToldYet() {
        return new ReadResult.NotReady<>("not told yet");
    }

    /** Stops answering. Idempotent. */
    @Override
    public void close() {
        if (open.getAndSet(false)) {
            server.close();
        }
    }
}
