package dev.tally.ingest.query;

import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.client.ReadClient;
import dev.tally.protocol.client.ReadClientException;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads at query-api, with the {@link ReadClient}. Every read ends within its wait plus two seconds. Every failure is a
 * {@link ReadResult.NotReady}. Safe for use by any thread.
 */
public final class QueryClient implements CounterReader, AutoCloseable {
    /** How much longer than its wait a read may take, for the round trip. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int READS_MAX = 1_000;

    private final String endpoint;
    private final ReadClient client;

    /**
     * @param protocol of the generation that is read
     * @param url the base URL of query-api, without a trailing slash; query-api need not be available yet
     */
    public QueryClient(ReadProtocol protocol, String url) {
        this(protocol, url, READS_MAX);
    }

    /** @param readsMax the maximum of concurrent reads; a further one is not ready at once */
    QueryClient(ReadProtocol protocol, String url, int readsMax) {
        URI base = URI.create(url);
        this.endpoint = base.getRawAuthority();
        this.client = new ReadClient(
                protocol.below(base.getRawPath()),
                "tally-ingest-query",
                base.getScheme(),
                new ReadClient.Limits(readsMax, readsMax, GRACE));
    }

    @Override
    public CounterReader askedBy(String requestId) {
        return (counter, query) -> read(counter, query, requestId);
    }

    @Override
    public CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query) {
        return read(counter, query, null);
    }

    private CompletionStage<ReadResult<Total>> read(CounterName counter, ReadQuery query, @Nullable String requestId) {
        return client.total(endpoint, counter, query, requestId)
                .exceptionally(failure -> new ReadResult.NotReady<>(reason(failure)));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (!(cause instanceof ReadClientException known)) {
            return "query-api: " + cause.getMessage();
        }
        return switch (known.reason()) {
            case TOO_MANY_READS -> "too many writes are waiting";
            case STOPPED -> "this process is shutting down";
            case MALFORMED_ANSWER -> "query-api: " + known.getMessage();
        };
    }

    /** Ends all reads that wait, and all later ones, as not ready. */
    public void stopWaiting() {
        client.stopWaiting();
    }

    /** Ends all reads as not ready, and ends the client's threads. */
    @Override
    public void close() {
        stopWaiting();
        client.close();
    }
}
