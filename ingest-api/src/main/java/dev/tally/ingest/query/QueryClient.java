package dev.tally.ingest.query;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks query-api, in the words of {@link ReadProtocol}. Every call ends within its wait and two seconds; whatever goes
 * wrong on the way is a {@link ReadResult.NotReady}. Safe for use by any thread.
 */
public final class QueryClient implements CounterReader, AutoCloseable {
    /** How much longer than the wait itself a call may take, for the way there and back. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final int CALLS_MAX = 1_000;
    private static final int THREADS = 2;
    private static final String CLOSED = "this process is shutting down";

    private final String url;
    private final HttpClient http;
    private final ThreadPoolExecutor threads;
    /** Bounds the connections too, and the tasks that wait for a thread. */
    private final Semaphore permits;

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param url the base URL of query-api, without a trailing slash; nothing need be there yet */
    public QueryClient(String url) {
        this(url, CALLS_MAX);
    }

    /** @param callsMax how many may be under way; one more is not ready at once */
    QueryClient(String url, int callsMax) {
        AtomicInteger number = new AtomicInteger();
        this.url = url;
        this.permits = new Semaphore(callsMax);
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "tally-ingest-query-" + number.incrementAndGet()));
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(GRACE)
                .executor(threads)
                .build();
    }

    @Override
    public CounterReader askedBy(String requestId) {
        return (counter, query) -> read(counter, query, requestId);
    }

    @Override
    public CompletionStage<ReadResult> read(CounterName counter, ReadQuery query) {
        return read(counter, query, null);
    }

    private CompletionStage<ReadResult> read(CounterName counter, ReadQuery query, @Nullable String requestId) {
        if (!permits.tryAcquire()) {
            return CompletableFuture.completedFuture(new ReadResult.NotReady("too many writes wait already"));
        }
        Call call = new Call();
        calls.add(call);
        var unused = call.answer().whenComplete((result, failure) -> {
            calls.remove(call);
            permits.release();
        });
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + ReadProtocol.counterTarget(counter, query)));
            if (requestId != null) {
                request.header(ReadProtocol.REQUEST_ID_HEADER, requestId);
            }
            call.ask(http, request.build(), query.waitMax().plus(GRACE));
        } catch (RuntimeException e) {
            call.giveUp("query-api cannot be asked: " + e);
        }
        if (closed) {
            call.giveUp(CLOSED);
        }
        return call.answer();
    }

    /** Ends what is asked, as not ready, and all that is still to come. */
    public void stopWaiting() {
        closed = true;
        calls.forEach(call -> call.giveUp(CLOSED));
    }

    /** Ends what is asked, as not ready, and its threads. The client's own thread ends once nobody holds the client. */
    @Override
    public void close() {
        stopWaiting();
        threads.shutdown();
    }
}
