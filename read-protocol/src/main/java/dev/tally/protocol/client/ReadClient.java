package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ReadRequest;
import dev.tally.protocol.client.ReadClientException.Reason;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
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
 * Client of the {@link ReadProtocol}. Never blocks. Every read ends in bounded time, and concurrency is bounded. A read fails only
 * with a {@link ReadClientException} or an {@link HttpGetException}. Safe for use by any thread.
 */
public final class ReadClient implements AutoCloseable {
    private static final int ENDPOINTS_MAX = 1_000;

    private final ReadProtocol protocol;
    private final String scheme;
    private final HttpGetClient http;
    private final Limits limits;
    private final Semaphore immediate;
    private final Semaphore waiting;
    private final ThreadLocal<Map<String, BatchedTotals>> totals = ThreadLocal.withInitial(HashMap::new);
    /** The reads with a wait. */
    private final Set<ReadCall<?>> waits = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    /**
     * The limits also bound the connections and the tasks that are queued for a thread.
     *
     * @param immediateMax the maximum of concurrent reads without a wait
     * @param waitingMax the maximum of concurrent reads with a wait
     * @param timeout from the start of a read to the last byte of its answer, over all its requests; a read with a wait has the
     *     wait in addition
     */
    public record Limits(int immediateMax, int waitingMax, Duration timeout) {}

    /**
     * @param threadName the name of the client's own IO thread
     * @param scheme {@code http} or {@code https}
     */
    public ReadClient(ReadProtocol protocol, String threadName, String scheme, Limits limits) {
        this.protocol = protocol;
        this.scheme = scheme + "://";
        this.http = new HttpGetClient(threadName);
        this.limits = limits;
        this.immediate = new Semaphore(limits.immediateMax());
        this.waiting = new Semaphore(limits.waitingMax());
    }

    public ReadProtocol protocol() {
        return protocol;
    }

    /**
     * Reads a total. The current total is read together with others if this is called on an IO thread.
     *
     * @param endpoint {@code host:port}
     * @param requestId the ID of the request that causes this read; null if there is none
     */
    public CompletableFuture<ReadResult<Total>> total(
            String endpoint, CounterName counter, ReadQuery query, @Nullable String requestId) {
        if (!query.isNow() || !HttpGetClient.isOnIoThread()) {
            return read(endpoint, protocol.total(counter), query, requestId);
        }
        ReadCall<Total> call = begin(query);
        if (call.isOver()) {
            return call.answer();
        }
        long deadlineNanos = System.nanoTime() + limits.timeout().toNanos();
        var unused = totals(endpoint).ask(counter, requestId, deadlineNanos).whenComplete((result, failure) -> {
            if (failure != null) {
                call.fail(failure);
            } else if (result != null) {
                call.complete(result);
            } else {
                ask(call, endpoint, protocol.total(counter), query, requestId, until(deadlineNanos));
            }
        });
        return call.answer();
    }

    /**
     * Reads at one instance.
     *
     * @param endpoint {@code host:port}
     * @param requestId the ID of the request that causes this read; null if there is none
     */
    public <T> CompletableFuture<ReadResult<T>> read(
            String endpoint, ReadRequest<T> request, ReadQuery query, @Nullable String requestId) {
        ReadCall<T> call = begin(query);
        if (!call.isOver()) {
            ask(call, endpoint, request, query, requestId, limits.timeout().plus(query.waitMax()));
        }
        return call.answer();
    }

    /** Begins a read. It is over at once if there are too many. */
    private <T> ReadCall<T> begin(ReadQuery query) {
        boolean waits = !query.waitMax().isZero();
        Semaphore permits = waits ? waiting : immediate;
        if (!permits.tryAcquire()) {
            return ReadCall.failed(new ReadClientException(
                    Reason.TOO_MANY_READS, waits ? "too many reads are waiting" : "too many reads are in flight"));
        }
        return new ReadCall<>(permits);
    }

    private <T> void ask(
            ReadCall<T> call,
            String endpoint,
            ReadRequest<T> request,
            ReadQuery query,
            @Nullable String requestId,
            Duration answerMax) {
        call.take(
                get(endpoint, request.target(query), requestId, request.format().bytesMax(), answerMax),
                request.format());
        if (!query.waitMax().isZero()) {
            failWhenStopped(call);
        }
    }

    private static Duration until(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** The batches of this thread, so that no answer is handed over to another thread. */
    private BatchedTotals totals(String endpoint) {
        Map<String, BatchedTotals> ofThread = totals.get();
        BatchedTotals known = ofThread.get(endpoint);
        if (known == null) {
            if (ofThread.size() >= ENDPOINTS_MAX) {
                ofThread.clear(); // those in flight complete on their own
            }
            known = new BatchedTotals(
                    protocol,
                    (target, requestId, answerMax) ->
                            get(endpoint, target, requestId, ReadProtocol.TOTALS_BYTES_MAX, answerMax),
                    System::nanoTime);
            ofThread.put(endpoint, known);
        }
        return known;
    }

    /** Fails the read as soon as {@link #stopWaiting} is called. Its request then continues to its own end. */
    private void failWhenStopped(ReadCall<?> call) {
        waits.add(call);
        var unused = call.answer().whenComplete((result, failure) -> waits.remove(call));
        if (stopped) {
            stop(call);
        }
    }

    private static void stop(ReadCall<?> call) {
        call.fail(new ReadClientException(Reason.STOPPED, "this process is shutting down"));
    }

    /** Fails the reads that wait, and every later read that would wait. */
    public void stopWaiting() {
        stopped = true;
        waits.forEach(ReadClient::stop);
    }

    /**
     * Asks one instance for the partition ownership. The caller makes one such call at a time; the limits on reads do not apply.
     * Fails as a read does.
     */
    public CompletableFuture<Ownership> ownership(String endpoint) {
        return get(endpoint, protocol.ownershipPath(), null, ReadProtocol.OWNERSHIP_BYTES_MAX, limits.timeout())
                .thenApply(body -> {
                    try {
                        return ReadProtocol.parseOwnership(body);
                    } catch (MalformedAnswerException e) {
                        throw new CompletionException(ReadClientException.malformed(e));
                    }
                });
    }

    private CompletableFuture<byte[]> get(
            String endpoint, String target, @Nullable String requestId, int bytesMax, Duration answerMax) {
        return http.get(scheme + endpoint, target, requestId, bytesMax, answerMax);
    }

    /** Ends the client's threads and fails the requests in flight. */
    @Override
    public void close() {
        http.close();
    }
}
