package dev.tally.service.client;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.UndertowClient;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.XnioExecutor;

/**
 * One request. The server may close an idle connection just when the request is written; such a request is retried once,
 * over a new connection. All methods except {@link #fail} run on the IO thread.
 */
final class GetCall implements ClientCallback<ClientExchange> {
    private static final HttpString X_REQUEST_ID = HttpString.tryFromString("X-Request-Id");
    private static final OptionMap OPTIONS = OptionMap.create(Options.TCP_NODELAY, true);
    private static final int OK = 200;

    private final HttpGetClient client;
    private final Connections connections;
    private final String originText;
    private final Origin origin;
    private final ClientRequest request;
    private final int bytesMax;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    private XnioExecutor.@Nullable Key deadline;
    private @Nullable ClientConnection connection;
    private boolean reused;

    GetCall(
            HttpGetClient client,
            Connections connections,
            String originText,
            Origin origin,
            ClientRequest request,
            int bytesMax) {
        this.client = client;
        this.connections = connections;
        this.originText = originText;
        this.origin = origin;
        this.request = request;
        this.bytesMax = bytesMax;
    }

    static ClientRequest request(Origin origin, String target, @Nullable String requestId) {
        ClientRequest request = new ClientRequest().setMethod(Methods.GET).setPath(target);
        request.getRequestHeaders().put(Headers.HOST, origin.authority());
        if (requestId != null) {
            request.getRequestHeaders().put(X_REQUEST_ID, requestId);
        }
        return request;
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    /** @param here whether the calling thread is the IO thread */
    void start(Duration answerMax, boolean here) {
        try {
            if (here) {
                begin(answerMax);
            } else {
                connections.thread().execute(() -> begin(answerMax));
            }
        } catch (RejectedExecutionException e) {
            fail("this process is stopping");
        }
    }

    private void begin(Duration answerMax) {
        if (answer.isDone()) {
            return;
        }
        deadline = connections
                .thread()
                .executeAfter(
                        () -> fail("it did not answer within " + answerMax.toMillis() + " ms"),
                        answerMax.toNanos(),
                        TimeUnit.NANOSECONDS);
        ClientConnection idle = connections.take(originText);
        if (idle == null) {
            resolve();
        } else {
            reused = true;
            send(idle);
        }
    }

    private void resolve() {
        if (origin.isResolved()) {
            connect(origin);
            return;
        }
        client.worker().execute(() -> {
            try {
                Origin resolved = origin.resolve();
                connections.thread().execute(() -> connect(resolved));
            } catch (UnknownHostException e) {
                fail("its name is not known");
            } catch (RejectedExecutionException e) {
                fail("this process is stopping");
            }
        });
    }

    private void connect(Origin resolved) {
        try {
            UndertowClient.getInstance()
                    .connect(
                            new Connected(),
                            resolved.uri(),
                            connections.thread(),
                            client.ssl(resolved),
                            client.buffers(),
                            OPTIONS);
        } catch (GeneralSecurityException e) {
            fail("TLS is not available: " + e.getMessage());
        }
    }

    /** Called on the IO thread. */
    private final class Connected implements ClientCallback<ClientConnection> {
        @Override
        public void completed(ClientConnection made) {
            client.opened(made);
            made.addCloseListener(closed -> {
                client.closed(closed);
                connections.closed(originText, closed);
            });
            if (answer.isDone()) {
                connections.giveBack(originText, made);
            } else {
                send(made);
            }
        }

        @Override
        public void failed(IOException failure) {
            fail("it cannot be reached");
        }
    }

    private void send(ClientConnection to) {
        connection = to;
        to.sendRequest(request, this);
    }

    /** Called when the exchange begins, and again when its response begins. */
    @Override
    public void completed(ClientExchange exchange) {
        if (exchange.getResponse() == null) {
            exchange.setResponseListener(this);
            return;
        }
        ClientConnection from = connection;
        if (from == null || answer.isDone()) {
            return;
        }
        int status = exchange.getResponse().getResponseCode();
        String length = exchange.getResponse().getResponseHeaders().getFirst(Headers.CONTENT_LENGTH);
        new BodyRead(length, bytesMax, connections.end(), body -> end(status, body), this::fail)
                .read(exchange.getResponseChannel());
    }

    @Override
    public void failed(IOException failure) {
        if (reused && !answer.isDone()) {
            reused = false;
            connection = null;
            resolve();
        } else {
            fail("the connection failed: " + failure.getClass().getSimpleName());
        }
    }

    private void end(int status, byte[] body) {
        ClientConnection done = connection;
        connection = null;
        if (done != null) {
            connections.giveBack(originText, done);
        }
        if (status == OK) {
            finish();
            answer.complete(body);
        } else {
            fail("it answered " + status);
        }
    }

    /** Fails the request. Any thread. */
    void fail(String reason) {
        if (answer.completeExceptionally(new HttpGetException(reason))) {
            finish();
            ClientConnection inUse = connection;
            if (inUse != null) {
                Connections.cut(inUse); // its response would be read as that of the next request
            }
        }
    }

    private void finish() {
        XnioExecutor.Key timer = deadline;
        if (timer != null) {
            timer.remove();
        }
        client.ended(this);
    }
}
