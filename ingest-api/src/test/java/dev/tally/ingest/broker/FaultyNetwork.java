package dev.tally.ingest.broker;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What lies between a client and a broker: it forwards bytes, and on command loses all that the broker answers, or cuts
 * every connection.
 */
public final class FaultyNetwork implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int brokerPort;
    private volatile boolean losesAnswers;

    public FaultyNetwork() throws IOException {
        thread("accept", this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void forwardTo(int port) {
        brokerPort = port;
    }

    /** From now on what the broker says is read and thrown away. */
    public void loseAnswers() {
        losesAnswers = true;
    }

    /** Cuts every connection; new ones work. */
    public void heal() {
        losesAnswers = false;
        sockets.forEach(FaultyNetwork::closeQuietly);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        heal();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket broker;
            try {
                broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            } catch (IOException e) {
                closeQuietly(client);
                continue;
            }
            sockets.add(client);
            sockets.add(broker);
            thread("to-broker", () -> pump(client, broker, false));
            thread("to-client", () -> pump(broker, client, true));
        }
    }

    private void pump(Socket from, Socket to, boolean answers) throws IOException {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!(answers && losesAnswers)) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(String role, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // a connection ends
                    }
                },
                "faulty-network-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
