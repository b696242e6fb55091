package dev.tally.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to an HTTP server under test. It sends bytes unchanged and reads one answer at a time. */
public final class RawClient implements AutoCloseable {
    public static final int CLOSED = -1;

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /**
     * Sends one request without a body, on a connection of its own, and reads the answer.
     *
     * @param host the value of the header Host, optionally followed by further headers
     */
    public static Answer exchange(int port, String method, String target, String host) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send((method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8))
                    .answer();
        }
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    public void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer: its status, its headers and as many bytes of the body as its {@code Content-Length} says. */
    public Answer answer() throws IOException {
        String head = head();
        int length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        return new Answer(head, in.readNBytes(length));
    }

    /** The next answer to a request whose answer has no body (HEAD). */
    public Answer answerWithoutBody() throws IOException {
        return new Answer(head(), new byte[0]);
    }

    /** The status of the next answer, or {@link #CLOSED}. */
    public int statusOrClosed() {
        try {
            return answer().status();
        } catch (IOException e) {
            return CLOSED;
        }
    }

    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("The server closed the connection after: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The answer to one request. */
    public static final class Answer {
        private final String head;
        private final byte[] body;

        Answer(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        public int status() {
            int start = head.indexOf(' ') + 1;
            return Integer.parseInt(head.substring(start, start + 3));
        }

        /** The status line and the headers. */
        public String head() {
            return head;
        }

        public String statusLine() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        public byte[] body() {
            return body;
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
