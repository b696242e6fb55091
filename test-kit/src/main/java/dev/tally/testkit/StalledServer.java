package dev.tally.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP server that sends the headers and half of the body of one response, and then nothing more. */
public final class StalledServer implements AutoCloseable {
    private static final byte[] HALF =
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":".getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket listener;
    private volatile boolean closedByClient;

    public StalledServer() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "stalled-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** The address as {@code host:port}. */
    public String endpoint() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    public String url() {
        return "http://" + endpoint();
    }

    public boolean isClosedByClient() {
        return closedByClient;
    }

    private void serve() {
        try (Socket socket = listener.accept()) {
            int next = socket.getInputStream().read();
            socket.getOutputStream().write(HALF);
            while (next >= 0) {
                next = socket.getInputStream()
                        .read(); // the rest of the request, until the client closes the connection
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
