package dev.tally.ingest.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay between clients and a broker. It connects each client to the broker. The subclass decides how to forward bytes. */
abstract class Relay implements AutoCloseable {
    private final String name;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int brokerPort;

    Relay(String name) throws IOException {
        this.name = name;
        thread("accept", this::accept);
    }

    /** Starts to forward in both directions, on separate threads. */
    abstract void connect(Socket client, Socket broker);

    public final int port() {
        return listener.getLocalPort();
    }

    public final void forwardTo(int port) {
        brokerPort = port;
    }

    /** Closes every connection. New connections work. */
    final void cut() {
        sockets.forEach(Relay::closeQuietly);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
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
            connect(client, broker);
        }
    }

    interface Work {
        void run() throws IOException;
    }

    final void thread(String role, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the connection is closed
                    }
                },
                name + "-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // already closed
        }
    }
}
