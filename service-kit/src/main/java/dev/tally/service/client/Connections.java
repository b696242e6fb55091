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
 * The idle connections of one IO thread by origin, most recently used first. The number of in-flight requests bounds the
 * number of connections. Used on the IO thread only.
 */
final class Connections {
    /** Shorter than the idle timeout of servers, so that a reused connection is rarely closed already. */
    private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private final XnioIoThread thread;
    private final Map<String, ArrayDeque<Idle>> idle = new HashMap<>();
    /** For reading the end of a body, which adds no bytes. */
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

    /** Takes an open idle connection, or returns null. */
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
     * Closes a connection whose response is no longer needed. Undertow's own close waits until the server has sent the whole
     * response; an upgrade returns the underlying connection, which closes immediately.
     */
    static void cut(ClientConnection connection) {
        try {
            IoUtils.safeClose(connection.performUpgrade());
        } catch (IOException e) {
            IoUtils.safeClose(connection); // it is being closed already
        }
    }

    /** Called when a connection has been closed, by either side. */
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
