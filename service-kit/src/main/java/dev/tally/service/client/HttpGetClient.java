package dev.tally.service.client;

import io.undertow.client.ClientConnection;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.ssl.XnioSsl;

/**
 * Sends GET requests to other processes over persistent connections. A request made on an IO thread of a server is written,
 * read and completed on that thread, without a handover; all other requests use the client's own IO thread. Never blocks.
 * The caller bounds the number of in-flight requests and thereby the number of connections.
 *
 * <p>Thread-safe.
 */
public final class HttpGetClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final int BUFFERS_POOLED_MAX = 256;
    private static final int BUFFERS_A_THREAD = 8;
    private static final int ORIGINS_MAX = 1_000;

    private final XnioWorker worker;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, BUFFERS_POOLED_MAX, BUFFERS_A_THREAD);
    private final ConcurrentHashMap<XnioIoThread, Connections> connections = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Origin> origins = new ConcurrentHashMap<>();
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<GetCall> calls = ConcurrentHashMap.newKeySet();
    private @Nullable XnioSsl ssl;
    private volatile boolean closed;

    /** @param threadName the name of the client's own IO thread */
    public HttpGetClient(String threadName) {
        this.worker = Xnio.getInstance()
                .createWorkerBuilder()
                .setWorkerName(threadName)
                .setWorkerIoThreads(1)
                .setCoreWorkerPoolSize(1)
                .setMaxWorkerPoolSize(1)
                .setDaemon(true) // a name server that does not answer must not delay the end of the process
                .build();
    }

    /**
     * Sends a request. The future is completed on an IO thread, which must not be blocked. It fails with an
     * {@link HttpGetException} if the status is not 200, the body is too long, or no response arrives in time.
     *
     * @param origin {@code http://host:port}
     * @param target path and query, percent-encoded
     * @param requestId sent as {@code X-Request-Id}; null for none
     * @param bytesMax maximum size of the response body
     * @param answerMax maximum time from now to the last byte of the response
     */
    public CompletableFuture<byte[]> get(
            String origin, String target, @Nullable String requestId, int bytesMax, Duration answerMax) {
        Origin to = origin(origin);
        if (to == null) {
            return CompletableFuture.failedFuture(new HttpGetException("not an address: " + origin));
        }
        XnioIoThread current = XnioIoThread.currentThread();
        XnioIoThread thread = current == null ? worker.getIoThread() : current;
        Connections ofThread = connections.computeIfAbsent(thread, Connections::new);
        GetCall call = new GetCall(this, ofThread, origin, to, GetCall.request(to, target, requestId), bytesMax);
        calls.add(call);
        if (closed) {
            call.fail("this process is stopping");
        } else {
            call.start(answerMax, current != null);
        }
        return call.answer();
    }

    /** Whether the calling thread is an IO thread of a server. If so, a request made here is completed on it. */
    public static boolean isOnIoThread() {
        return XnioIoThread.currentThread() != null;
    }

    private @Nullable Origin origin(String text) {
        Origin known = origins.get(text);
        if (known == null) {
            known = Origin.parse(text);
            if (known != null) {
                if (origins.size() >= ORIGINS_MAX) {
                    origins.clear();
                }
                origins.put(text, known);
            }
        }
        return known;
    }

    ByteBufferPool buffers() {
        return buffers;
    }

    XnioWorker worker() {
        return worker;
    }

    synchronized @Nullable XnioSsl ssl(Origin origin) throws GeneralSecurityException {
        if (ssl == null && "https".equals(origin.uri().getScheme())) {
            ssl = new UndertowXnioSsl(Xnio.getInstance(), OptionMap.EMPTY);
        }
        return ssl;
    }

    void opened(ClientConnection connection) {
        open.add(connection);
        if (closed) {
            Connections.cut(connection);
        }
    }

    void closed(ClientConnection connection) {
        open.remove(connection);
    }

    /** The number of open connections, idle or not. */
    int openConnections() {
        return open.size();
    }

    void ended(GetCall call) {
        calls.remove(call);
    }

    /** Fails all in-flight requests, closes all connections and stops the threads. */
    @Override
    public void close() {
        closed = true;
        calls.forEach(call -> call.fail("this process is stopping"));
        open.forEach(Connections::cut);
        worker.shutdownNow();
    }
}
