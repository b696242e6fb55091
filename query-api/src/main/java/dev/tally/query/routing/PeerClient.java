package dev.tally.query.routing;

import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.MalformedAnswerException;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.client.HttpGetClient;
import dev.tally.service.client.HttpGetException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Asks instances of counter-streams, in the words of {@link ReadProtocol}. Never blocks; every call ends in bounded time,
 * so many at once and no more. Safe for use by any thread.
 */
final class PeerClient implements AutoCloseable {
    private static final String STOPPED = "query-api is shutting down";

    private final HttpGetClient http;
    private final Semaphore atOnce;
    private final Semaphore waiting;
    private final Duration timeout;
    /** What ends each read that waits. */
    private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    /**
     * @param concurrencyMax reads under way at once that do not wait; with the next it bounds the connections and the tasks
     *     that wait for a thread too
     * @param waitingMax reads under way at once that wait for something
     * @param timeout of one call, from its start to the last byte of its answer; on top of its wait if it waits
     */
    PeerClient(int concurrencyMax, int waitingMax, Duration timeout) {
        this.http = new HttpGetClient("query-peer");
        this.atOnce = new Semaphore(concurrencyMax);
        this.waiting = new Semaphore(waitingMax);
        this.timeout = timeout;
    }

    /**
     * Asks one instance. Fails with a {@link PeerException} or an {@link HttpGetException} only.
     *
     * @param requestId of the request on whose behalf it is asked; null if it is nobody's
     */
    <T> CompletableFuture<Answer<T>> ask(
            String endpoint, Question<T> question, ReadQuery query, @Nullable String requestId) {
        boolean waits = !query.waitMax().isZero();
        Semaphore permits = waits ? waiting : atOnce;
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new PeerException(waits ? "too many reads are waiting" : "too many reads are under way"));
        }
        CompletableFuture<byte[]> asked = get(
                endpoint,
                question.target().apply(query),
                requestId,
                question.bytesMax(),
                timeout.plus(query.waitMax()));
        return (waits ? untilStopped(asked) : asked)
                .whenComplete((body, failure) -> permits.release())
                .thenApply(body -> parse(body, question.parser()::parse));
    }

    /** Fails as soon as nobody may wait any more; what was asked then goes on by itself, to its own end. */
    private CompletableFuture<byte[]> untilStopped(CompletableFuture<byte[]> asked) {
        CompletableFuture<byte[]> answer = asked.copy();
        Runnable stop = () -> answer.completeExceptionally(new PeerException(STOPPED));
        stops.add(stop);
        if (stopped) {
            stop.run();
        }
        return answer.whenComplete((body, failure) -> stops.remove(stop));
    }

    /** Fails the reads that wait, and each that is to wait from now on. */
    void stopWaiting() {
        stopped = true;
        stops.forEach(Runnable::run);
    }

    /** Asks one instance who owns what; the caller asks one at a time, whatever the reads are. Fails as {@link #ask} does. */
    CompletableFuture<Ownership> ownership(String endpoint) {
        return get(endpoint, ReadProtocol.OWNERSHIP_PATH, null, ReadProtocol.OWNERSHIP_BYTES_MAX, timeout)
                .thenApply(body -> parse(body, ReadProtocol::parseOwnership));
    }

    private CompletableFuture<byte[]> get(
            String endpoint, String target, @Nullable String requestId, int bytesMax, Duration answerMax) {
        return http.get("http://" + endpoint, target, requestId, bytesMax, answerMax);
    }

    private interface Parser<T> {
        T parse(byte[] body) throws MalformedAnswerException;
    }

    private static <T> T parse(byte[] body, Parser<T> parser) {
        try {
            return parser.parse(body);
        } catch (MalformedAnswerException e) {
            throw new CompletionException(new PeerException("its answer is malformed: " + e.getMessage()));
        }
    }

    /** Ends its threads, and fails what is in flight. */
    @Override
    public void close() {
        http.close();
    }
}
