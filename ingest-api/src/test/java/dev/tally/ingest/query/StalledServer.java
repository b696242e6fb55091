package dev.tally.ingest.query;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that answers with the headers and half of a body, and then sends nothing more. */
final class StalledServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::serve, "stalled-server");
    private volatile boolean closedByClient;

    StalledServer() throws IOException {
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    boolean isClosedByClient() {
        return closedByClient;
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":"
                            .getBytes(StandardCharsets.ISO_8859_1));
            while (socket.getInputStream().read() >= 0) {
                // reads the rest of the request, until the client closes the connection
            }
            closedByClient = true;
        } catch (IOException e) {
            closedByClient = true;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
