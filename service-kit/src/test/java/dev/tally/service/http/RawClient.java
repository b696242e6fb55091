package dev.tally.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A socket to a server under test. It sends bytes unchanged and reads one answer at a time. */
final class RawClient implements AutoCloseable {
    static final int CLOSED = -1;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer: its status, its headers and as many bytes of the body as its {@code Content-Length} says. */
    Answer answer() throws IOException {
        String head = head();
        int length = 0;
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(head.split(" ")[1]), head, in.readNBytes(length));
    }

    /** The next answer to a request whose answer has no body (HEAD). */
    Answer answerWithoutBody() throws IOException {
        String head = head();
        return new Answer(Integer.parseInt(head.split(" ")[1]), head, new byte[0]);
    }

    /** The status of the next answer, or {@link #CLOSED}. */
    int statusOrClosed() {
        try {
            return answer().status();
        } catch (IOException e) {
            return CLOSED;
        }
    }

    boolean isClosedByServer() throws IOException {
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

    record Answer(int status, String head, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
