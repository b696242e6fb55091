package dev.tally.service.http;

import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * One HTTP server: a listener, a few IO threads, and the routes. Everything it holds is bounded by {@link HttpLimits}.
 * Safe for use by any thread.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1_024;
    private static final int PARAMETERS_MAX = 100;
    private static final long NO_BOUND = -1;
    private static final int IO_THREADS_MIN = 2;

    private final Undertow undertow;
    private final XnioWorker worker;
    private final Admission admission;
    private final HttpLimits limits;
    private final String host;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(
            Undertow undertow, XnioWorker worker, Admission admission, HttpLimits limits, String host, int port) {
        this.undertow = undertow;
        this.worker = worker;
        this.admission = admission;
        this.limits = limits;
        this.host = host;
        this.port = port;
    }

    /**
     * Checks that a server could listen there now: for a process that makes much before its server starts. Another process
     * may still be quicker.
     *
     * @throws CannotListenException if somebody else listens there, or it is no address of this machine
     */
    public static void verifyFree(HttpSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new CannotListenException(settings, e);
        }
    }

    /** @throws CannotListenException if somebody else listens there, or it is no address of this machine */
    public static HttpServer start(HttpSettings settings, List<Route> routes, MeterRegistry registry) {
        return start(settings, HttpLimits.defaults(), routes, registry);
    }

    /** @throws CannotListenException if somebody else listens there, or it is no address of this machine */
    public static HttpServer start(
            HttpSettings settings, HttpLimits limits, List<Route> routes, MeterRegistry registry) {
        Router router = new Router(routes, registry);
        Admission admission = new Admission(limits.concurrentRequestsMax());
        BodyBudget budget = new BodyBudget(limits.bodyBytesTotalMax());
        RouteMetrics unmatched = new RouteMetrics(registry, "any", "unmatched");
        gauges(registry, admission, budget);
        XnioWorker worker = worker();
        ServerParts parts = new ServerParts(limits, admission, budget, unmatched, ioThreads(worker));
        Undertow undertow = configure(Undertow.builder(), limits)
                .setWorker(worker)
                .addHttpListener(settings.port(), settings.host(), new RequestHandler(parts, router))
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            worker.shutdownNow();
            throw e.getCause() instanceof IOException cause ? new CannotListenException(settings, cause) : e;
        }
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return new HttpServer(undertow, worker, admission, limits, settings.host(), address.getPort());
    }

    /** The port it listens on, also when any free one was asked for. */
    public int port() {
        return port;
    }

    /** {@code http://host:port}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Refuses new requests with 503 {@code shutting_down}, waits in bounded time until those being worked on are answered,
     * then closes all connections. Called again it does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (!admission.close(limits.shutdownDeadline())) {
                LOG.warn("{} requests were not answered before the server closed", admission.inFlight());
            }
            undertow.getListenerInfo().forEach(Undertow.ListenerInfo::suspend);
            undertow.stop();
            worker.shutdownNow();
            worker.awaitTermination(limits.shutdownDeadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            undertow.stop();
            worker.shutdownNow();
        }
    }

    private static Undertow.Builder configure(Undertow.Builder builder, HttpLimits limits) {
        int idleMillis = Math.toIntExact(limits.idleDeadline().toMillis());
        int headersMillis = Math.toIntExact(limits.bodyDeadline().toMillis());
        return builder.setSocketOption(Options.BACKLOG, BACKLOG)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connectionsMax())
                .setSocketOption(Options.CONNECTION_LOW_WATER, limits.connectionsMax())
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytesMax())
                .setServerOption(UndertowOptions.MAX_HEADERS, limits.headersMax())
                .setServerOption(UndertowOptions.MAX_PARAMETERS, PARAMETERS_MAX)
                .setServerOption(UndertowOptions.MAX_COOKIES, PARAMETERS_MAX)
                .setServerOption(UndertowOptions.DECODE_URL, false) // the router reads the raw target
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, NO_BOUND) // each endpoint has its own
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, headersMillis)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, idleMillis)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false);
    }

    private static XnioWorker worker() {
        try {
            return Xnio.getInstance()
                    .createWorkerBuilder()
                    .setWorkerName("tally-http")
                    .setWorkerIoThreads(
                            Math.max(IO_THREADS_MIN, Runtime.getRuntime().availableProcessors()))
                    .setCoreWorkerPoolSize(1)
                    .setMaxWorkerPoolSize(2)
                    .build();
        } catch (RuntimeException e) {
            throw new IllegalStateException("The IO threads of the HTTP server did not start", e);
        }
    }

    private static XnioIoThread[] ioThreads(XnioWorker worker) {
        XnioIoThread[] threads = new XnioIoThread[worker.getIoThreadCount()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = worker.getIoThread(i);
        }
        return threads;
    }

    private static void gauges(MeterRegistry registry, Admission admission, BodyBudget budget) {
        Gauge.builder("tally.http.requests.in.flight", admission, Admission::inFlight)
                .description("Requests being worked on")
                .register(registry);
        Gauge.builder("tally.http.body.bytes", budget, BodyBudget::bytes)
                .description("Bytes held in the bodies of requests")
                .baseUnit("bytes")
                .register(registry);
    }
}
