package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to one server on loopback, all served by the one thread that uses this object: a thousand connections
 * cost less than the requests on them.
 */
final class Wire implements AutoCloseable {
    private static final int READ_BYTES = 64 * 1024;

    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);

    Wire(int port) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Connection> connect(int count) {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(connect());
        }
        return connections;
    }

    private Connection connect() {
        try {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection = new Connection(channel, key);
            key.attach(connection);
            return connection;
        } catch (IOException e) {
            throw new BenchException(server + " takes no connection: " + e, e);
        }
    }

    /** Waits for answers for at most this time and passes each to its receiver. */
    void serve(long millisMax) {
        try {
            selector.select(
                    key -> {
                        Connection connection = (Connection) key.attachment();
                        if (key.isWritable()) {
                            connection.flush();
                        }
                        if (key.isReadable()) {
                            connection.read(buffer);
                        }
                    },
                    millisMax);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
