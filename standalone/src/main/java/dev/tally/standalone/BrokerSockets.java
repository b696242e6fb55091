package dev.tally.standalone;

import dev.tally.service.lifecycle.RefusedException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The broker's two listening sockets. They are bound before the broker is created, because its configuration names both
 * ports, and because a port in use is reported in one sentence instead of a stack trace during the start. The
 * controller's port is any free one at each start.
 */
final class BrokerSockets implements ServerSocketFactory, AutoCloseable {

    static final String CLIENTS = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";
    static final String HOST = "127.0.0.1";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 128;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    private BrokerSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
        this.clients = clients;
        this.controller = controller;
    }

    /**
     * @param port for clients; 0 means any free port
     * @throws RefusedException if the port is in use
     */
    static BrokerSockets bind(int port) {
        ServerSocketChannel clients = null;
        try {
            clients = open(port);
            return new BrokerSockets(clients, open(0));
        } catch (IOException e) {
            close(clients);
            throw new RefusedException(
                    e instanceof BindException
                            ? "Port " + port + " is in use: choose another with --kafka-port"
                            : "Port " + port + " cannot be opened: " + e.getMessage());
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /** Passes the broker the socket of its listener. The broker closes it. */
    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes) {
        return listener.equals(CONTROLLER) ? controller : clients;
    }

    /** Closes the sockets if the broker failed before it took them. Otherwise the broker has closed them. */
    @Override
    public void close() {
        close(clients);
        close(controller);
    }

    private static ServerSocketChannel open(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void close(@Nullable ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException nothingLeftToGiveBack) {
            // The port is released when the process ends at the latest.
        }
    }
}
