package dev.tally.ingest.query;

import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.client.HttpGetClient;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Client of query-api, with the protocol of {@link ReadProtocol}. Every call ends within its wait plus two seconds.
 * Every failure of a call is a {@link ReadResult.NotReady}. Safe for use by any thread.
 */
public final class QueryClient implements CounterReader, AutoCloseable {
    /** How much longer than its wait a call may take, for the round trip. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private static final int CALLS_MAX = 1_000;
    private static final String CLOSED = "this process is shutting down";

    private final String origin;
    private final String path;
    private final HttpGetClient http;
    /** Also bounds the number of connections. */
    private final Semaphore permits;

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param url the base URL of query-api, without a trailing slash; query-api need not be available yet */
    public QueryClient(String url) {
        this(url, CALLS_MAX);
    }

    /** @param callsMax the maximum of concurrent calls; a further one is not ready at once */
    QueryClient(String url, int callsMax) {
        URI base = URI.create(url);
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.path = base.getRawPath();
        this.permits = new Semaphore(callsMax);
        this.http = new HttpGetClient("tally-ingest-query");
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
        call.ask(http.get(
                origin,
                path + ReadProtocol.counterTarget(counter, query),
                requestId,
                ReadProtocol.RESULT_BYTES_MAX,
                query.waitMax().plus(GRACE)));
        if (closed) {
            call.giveUp(CLOSED);
        }
        return call.answer();
    }

    /** Ends all current and later calls as not ready. */
    public void stopWaiting() {
        closed = true;
        calls.forEach(call -> call.giveUp(CLOSED));
    }

    /** Ends all calls as not ready, and ends the client's threads. */
    @Override
    public void close() {
        stopWaiting();
        http.close();
    }
}
