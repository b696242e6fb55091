package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.service.client.HttpGetClient;
import dev.tally.service.client.HttpGetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Client for the instances of counter-streams, with the protocol of {@link ReadProtocol}. Never blocks. Every call ends
 * in bounded time, and concurrency is bounded. Safe for use by any thread.
 */
public final class PeerClient implements AutoCloseable {
    private static final String STOPPED = "query-api is shutting down";

    private static final int ENDPOINTS_MAX = 1_000;

    private final HttpGetClient http;
    private final ThreadLocal<Map<String, JointTotals>> totals = ThreadLocal.withInitial(HashMap::new);
    private final Semaphore atOnce;
    private final Semaphore waiting;
    private final Duration timeout;
    /** The action that ends each waiting read. */
    private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    /**
     * @param concurrencyMax the maximum of concurrent reads without a wait; together with {@code waitingMax} it also
     *     bounds the connections and the tasks that are queued for a thread
     * @param waitingMax the maximum of concurrent reads with a wait
     * @param timeout from the start of a read to the last byte of its answer, over all its requests; a read with a wait
     *     has the wait in addition
     */
    public PeerClient(int concurrencyMax, int waitingMax, Duration timeout) {
        this.http = new HttpGetClient("query-peer");
        this.atOnce = new Semaphore(concurrencyMax);
        this.waiting = new Semaphore(waitingMax);
        this.timeout = timeout;
    }

    /**
     * Asks one instance. Fails only with a {@link PeerException} or an {@link HttpGetException}.
     *
     * @param requestId the ID of the request that causes this read; null if there is none
     */
    public <T> CompletableFuture<Answer<T>> ask(
            String endpoint, Question<T> question, ReadQuery query, @Nullable String requestId) {
        boolean waits = !query.waitMax().isZero();
        Semaphore permits = waits ? waiting : atOnce;
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new PeerException(waits ? "too many reads are waiting" : "too many reads are in flight"));
        }
        Question.Joint<T> joint = query.isNow() && HttpGetClient.isOnIoThread() ? question.joint() : null;
        CompletableFuture<Answer<T>> answer = joint == null
                ? askAlone(endpoint, question, query, requestId, timeout.plus(query.waitMax()))
                : askJointly(endpoint, question, joint, query, requestId);
        return answer.whenComplete((done, failure) -> permits.release());
    }

    private <T> CompletableFuture<Answer<T>> askJointly(
            String endpoint,
            Question<T> question,
            Question.Joint<T> joint,
            ReadQuery query,
            @Nullable String requestId) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        return totals(endpoint)
                .ask(joint.counter(), requestId, deadlineNanos)
                .thenCompose(result -> result == null
                        ? askAlone(endpoint, question, query, requestId, until(deadlineNanos))
                        : CompletableFuture.completedFuture(joint.answer().apply(result)));
    }

    private static Duration until(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    private <T> CompletableFuture<Answer<T>> askAlone(
            String endpoint, Question<T> question, ReadQuery query, @Nullable String requestId, Duration answerMax) {
        CompletableFuture<byte[]> asked =
                get(endpoint, question.target().apply(query), requestId, question.bytesMax(), answerMax);
        return (query.waitMax().isZero() ? asked : untilStopped(asked))
                .thenApply(body -> parse(body, question.parser()::parse));
    }

    /** The joint reads of this thread, so that no answer is handed over to another thread. */
    private JointTotals totals(String endpoint) {
        Map<String, JointTotals> ofThread = totals.get();
        JointTotals known = ofThread.get(endpoint);
        if (known == null) {
            if (ofThread.size() >= ENDPOINTS_MAX) {
                ofThread.clear(); // those in flight complete on their own
            }
            known = new JointTotals(
                    (target, requestId, answerMax) ->
                            get(endpoint, target, requestId, ReadProtocol.TOTALS_BYTES_MAX, answerMax),
                    System::nanoTime);
            ofThread.put(endpoint, known);
        }
        return known;
    }

    /** Fails as soon as {@link #stopWaiting} is called. The request in flight then continues to its own end. */
    private CompletableFuture<byte[]> untilStopped(CompletableFuture<byte[]> asked) {
        CompletableFuture<byte[]> answer = asked.copy();
        Runnable stop = () -> answer.completeExceptionally(new PeerException(STOPPED));
        stops.add(stop);
        if (stopped) {
            stop.run();
        }
        return answer.whenComplete((body, failure) -> stops.remove(stop));
    }

    /** Fails the reads that wait, and every later read that would wait. */
    public void stopWaiting() {
        stopped = true;
        stops.forEach(Runnable::run);
    }

    /**
     * Asks one instance for the partition ownership. The caller makes one such call at a time; the bounds on reads do
     * not apply. Fails as {@link #ask} does.
     */
    public CompletableFuture<Ownership> ownership(String endpoint) {
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
            throw new CompletionException(PeerException.malformed(e));
        }
    }

    /** Ends the client's threads and fails the requests in flight. */
    @Override
    public void close() {
        http.close();
    }
}
