package dev.tally.service.http;

import dev.tally.service.http.connection.HttpListener;
import dev.tally.service.http.limit.BodyBudget;
import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.origin.HostCheck;
import dev.tally.service.http.origin.OriginCheck;
import dev.tally.service.http.response.OpenStreams;
import dev.tally.service.settings.HttpSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * One HTTP server: a listener, a few IO threads, and the routes. {@link HttpLimits} bounds everything it holds.
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int IO_THREADS_MIN = 2;

    private final HttpListener listener;
    private final XnioWorker worker;
    private final Admission admission;
    private final OpenStreams streams;
    private final HttpLimits limits;
    private final String host;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpServer(HttpListener listener, XnioWorker worker, ServerParts parts, String host) {
        this.listener = listener;
        this.worker = worker;
        this.admission = parts.admission();
        this.streams = parts.openStreams();
        this.limits = parts.limits();
        this.host = host;
        this.port = listener.port();
    }

    /**
     * Checks that a server can listen on the address now. For a process that does much before its server starts. Another
     * process may still take the port in between.
     *
     * @throws CannotListenException if the address is in use or is not an address of this machine
     */
    public static void verifyFree(HttpSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new CannotListenException(settings, e);
        }
    }

    /** @throws CannotListenException if the address is in use or is not an address of this machine */
    public static HttpServer start(HttpSettings settings, List<Route> routes, MeterRegistry registry) {
        return start(settings, HttpLimits.defaults(), routes, registry);
    }

    /** @throws CannotListenException if the address is in use or is not an address of this machine */
    public static HttpServer start(
            HttpSettings settings, HttpLimits limits, List<Route> routes, MeterRegistry registry) {
        Router router = new Router(routes, registry);
        Admission admission = new Admission(limits.concurrentRequestsMax());
        BodyBudget budget = new BodyBudget(limits.bodyBytesTotalMax());
        RouteMetrics unmatched = new RouteMetrics(registry, "any", "unmatched");
        gauges(registry, admission, budget);
        XnioWorker worker = worker();
        ServerParts parts = new ServerParts(limits, admission, budget, unmatched, ioThreads(worker));
        RequestPipeline pipeline =
                new RequestPipeline(parts, router, new HostCheck(settings), new OriginCheck(settings));
        try {
            HttpListener listener = HttpListener.open(settings, limits, worker, pipeline, new MalformedRequests(parts));
            return new HttpServer(listener, worker, parts, settings.host());
        } catch (IOException e) {
            worker.shutdownNow();
            throw new CannotListenException(settings, e);
        } catch (RuntimeException e) {
            worker.shutdownNow();
            throw e;
        }
    }

    /** The port that the server listens on, also if port 0 was configured. */
    public int port() {
        return port;
    }

    /** {@code http://host:port}. */
    public String url() {
        return "http://" + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Rejects new requests with 503 {@code shutting_down}, ends the open streams, waits for in-flight requests up to the shutdown deadline, then
     * closes all connections. Idempotent.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            streams.close();
            if (!admission.close(limits.shutdownDeadline())) {
                LOG.warn("{} requests were not answered before the server closed", admission.inFlight());
            }
            listener.closeConnections(limits.shutdownDeadline());
            listener.close();
            worker.shutdownNow();
            worker.awaitTermination(limits.shutdownDeadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.close();
            worker.shutdownNow();
        }
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
                .description("Requests in flight")
                .register(registry);
        Gauge.builder("tally.http.body.bytes", budget, BodyBudget::bytes)
                .description("Bytes of request bodies held in memory")
                .baseUnit("bytes")
                .register(registry);
    }
}
