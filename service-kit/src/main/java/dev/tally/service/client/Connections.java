package dev.tally.service.client;

import io.undertow.client.ClientConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/**
 * The idle connections of one IO thread, by origin, the one used last first. How many connections there are is bounded by
 * the requests in flight. Only the IO thread uses it.
 */
final class Connections {
    /** Servers close idle connections after longer than this, so that a reused one is rarely found closed. */
    private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private final XnioIoThread thread;
    private final Map<String, ArrayDeque<Idle>> idle = new HashMap<>();
    /** To read the end of a body into, which has no bytes. */
    private final ByteBuffer end = ByteBuffer.allocate(1);

    private record Idle(ClientConnection connection, long sinceNanos) {}

    Connections(XnioIoThread thread) {
        this.thread = thread;
    }

    XnioIoThread thread() {
        return thread;
    }

    ByteBuffer end() {
        return end.clear();
    }

    /** An open connection that nobody uses, or null. */
    @Nullable
    ClientConnection take(String origin) {
        ArrayDeque<Idle> ofOrigin = idle.get(origin);
        if (ofOrigin == null) {
            return null;
        }
        Idle latest = ofOrigin.pollFirst();
        while (latest != null && !latest.connection().isOpen()) {
            latest = ofOrigin.pollFirst();
        }
        return latest == null ? null : latest.connection();
    }

    void giveBack(String origin, ClientConnection connection) {
        if (!connection.isOpen()) {
            return;
        }
        long now = System.nanoTime();
        ArrayDeque<Idle> ofOrigin = idle.computeIfAbsent(origin, unused -> new ArrayDeque<>());
        ofOrigin.addFirst(new Idle(connection, now));
        while (now - ofOrigin.peekLast().sinceNanos() > IDLE_NANOS_MAX) {
            cut(ofOrigin.pollLast().connection());
        }
    }

    /**
     * Closes a connection whose answer is not wanted any more. Undertow's own way waits until the server has sent all of it;
     * an upgrade hands out the connection beneath, which closes at once.
     */
    static void cut(ClientConnection connection) {
        try {
            IoUtils.safeClose(connection.performUpgrade());
        } catch (IOException e) {
            IoUtils.safeClose(connection); // it is being closed already
        }
    }

    /** The connection was closed, by whomever. */
    void closed(String origin, ClientConnection connection) {
        ArrayDeque<Idle> ofOrigin = idle.get(origin);
        if (ofOrigin != null) {
            ofOrigin.removeIf(each -> each.connection() == connection);
            if (ofOrigin.isEmpty()) {
                idle.remove(origin);
            }
        }
    }
}
