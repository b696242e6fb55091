package dev.tally.system.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below the ephemeral port range. A process that restarts after a kill has to find its port free, and
 * thousands of clients open connections in between.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    private static final int TRIES_MAX = 1_000;
    /** A port is free while its process is restarted, and belongs to its system all the same. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    public static int next() {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                if (GIVEN.add(port)) {
                    return port;
                }
            } catch (IOException taken) {
                // The port is in use: try another one.
            }
        }
        throw new IllegalStateException("No free port after " + TRIES_MAX + " tries");
    }
}
