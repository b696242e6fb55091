package dev.tally.service.http.connection;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.settings.HttpSettings;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The listening socket. Undertow's builder sets it up in the same way, but gives no access to a connection before its
 * first byte is read. Here each connection gets a {@link ParserRefusals} and a {@link LazyReadSuspension}.
 */
public final class HttpListener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int BACKLOG = 1_024;
    private static final int PARAMETERS_MAX = 100;
    private static final long NO_BOUND = -1;
    /** The buffer size that Undertow uses for writes of 16 KiB including its framing. */
    private static final int BUFFER_BYTES = (16 << 10) - 20;

    private static final int BUFFERS_PER_THREAD = 4;

    private final AcceptingChannel<? extends StreamConnection> socket;
    private final HttpOpenListener connections;

    private HttpListener(AcceptingChannel<? extends StreamConnection> socket, HttpOpenListener connections) {
        this.socket = socket;
        this.connections = connections;
    }

    /**
     * @param root handles every request
     * @param malformed creates the response to bytes that are not a request
     * @throws IOException if the address is in use or is not an address of this machine
     */
    public static HttpListener open(
            HttpSettings settings,
            HttpLimits limits,
            XnioWorker worker,
            HttpHandler root,
            Supplier<ByteBuffer> malformed)
            throws IOException {
        HttpOpenListener connections = new HttpOpenListener(
                new DefaultByteBufferPool(true, BUFFER_BYTES, -1, BUFFERS_PER_THREAD), serverOptions(limits));
        connections.setRootHandler(root);
        ChannelListener<StreamConnection> opened = connection -> {
            ParserRefusals.on(connection, malformed);
            LazyReadSuspension.on(connection.getSourceChannel());
            connections.handleEvent(connection);
        };
        AcceptingChannel<? extends StreamConnection> socket = worker.createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()),
                ChannelListeners.openListenerAdapter(opened),
                socketOptions(limits, worker));
        socket.resumeAccepts();
        return new HttpListener(socket, connections);
    }

    /** The port that the socket is bound to, also if port 0 was configured. */
    public int port() {
        return socket.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Stops accepting connections and closes the open ones, on the IO thread. Waits up to {@code waitMax} for that thread. */
    public void closeConnections(Duration waitMax) throws InterruptedException {
        socket.suspendAccepts();
        CountDownLatch done = new CountDownLatch(1);
        socket.getIoThread()
                .execute(
                        () -> { // the thread may be accepting a connection
                            try {
                                connections.closeConnections();
                            } finally {
                                done.countDown();
                            }
                        });
        if (!done.await(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Connections were not closed within {} ms", waitMax.toMillis());
        }
    }

    /** Stops listening. */
    public void close() {
        IoUtils.safeClose(socket);
    }

    private static OptionMap socketOptions(HttpLimits limits, XnioWorker worker) {
        return OptionMap.builder()
                .set(Options.WORKER_IO_THREADS, worker.getIoThreadCount())
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BALANCING_TOKENS, 1)
                .set(Options.BALANCING_CONNECTIONS, 2)
                .set(Options.BACKLOG, BACKLOG)
                .set(Options.CONNECTION_HIGH_WATER, limits.connectionsMax())
                .set(Options.CONNECTION_LOW_WATER, limits.connectionsMax())
                .getMap();
    }

    private static OptionMap serverOptions(HttpLimits limits) {
        return OptionMap.builder()
                // Answers that Undertow buffers would be lost when the parser rejects a pipelined request after them,
                // and the client would read the rejection as the answer to an earlier request.
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytesMax())
                .set(UndertowOptions.MAX_HEADERS, limits.headersMax())
                .set(UndertowOptions.MAX_PARAMETERS, PARAMETERS_MAX)
                .set(UndertowOptions.MAX_COOKIES, PARAMETERS_MAX)
                .set(UndertowOptions.DECODE_URL, false) // the router reads the raw target
                .set(UndertowOptions.MAX_ENTITY_SIZE, NO_BOUND) // each endpoint has its own bound
                .set(
                        UndertowOptions.REQUEST_PARSE_TIMEOUT,
                        Math.toIntExact(limits.bodyDeadline().toMillis()))
                .set(
                        UndertowOptions.NO_REQUEST_TIMEOUT,
                        Math.toIntExact(limits.idleDeadline().toMillis()))
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .getMap();
    }
}
