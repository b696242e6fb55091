package dev.tally.system.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many open connections, driven by one thread. The thread first sends on all connections, then reads from all. */
public final class Connections implements AutoCloseable {
    private final List<RawSocket> sockets = new ArrayList<>();

    private Connections() {}

    public static Connections open(URI server, int count) throws IOException {
        Connections connections = new Connections();
        try {
            for (int i = 0; i < count; i++) {
                connections.sockets.add(new RawSocket(server));
            }
            return connections;
        } catch (IOException e) {
            connections.close();
            throw e;
        }
    }

    public void send(String latin1) throws IOException {
        for (RawSocket socket : sockets) {
            socket.send(latin1);
        }
    }

    public void sendAsFarAsRead(byte[] bytes) {
        sockets.forEach(socket -> socket.sendAsFarAsRead(bytes));
    }

    /** Sends one request on each connection, and returns the answers. */
    public List<RawAnswer> exchange(String latin1) throws IOException {
        send(latin1);
        return answers();
    }

    /** The next answer of each connection. Fails if a connection has none. */
    public List<RawAnswer> answers() throws IOException {
        return answersOrClosed().stream().map(Optional::orElseThrow).toList();
    }

    /** The next answer of each connection; empty where the server closed the connection. */
    public List<Optional<RawAnswer>> answersOrClosed() throws IOException {
        List<Optional<RawAnswer>> answers = new ArrayList<>(sockets.size());
        for (RawSocket socket : sockets) {
            answers.add(socket.answer());
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (RawSocket socket : sockets) {
            socket.close();
        }
    }
}
