package dev.tally.system.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A socket to a server under test. Sends raw bytes, and reads one answer at a time. For one thread. */
public final class RawSocket implements AutoCloseable {
    private static final int WAIT_MILLIS_MAX = 30_000;
    private static final int HEAD_BYTES_MAX = 64 << 10;

    private final Socket socket;
    private final InputStream in;

    public RawSocket(URI server) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(WAIT_MILLIS_MAX);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), WAIT_MILLIS_MAX);
        in = socket.getInputStream();
    }

    /** Sends each char as one byte. */
    public RawSocket send(String latin1) throws IOException {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends bytes. Ignores the error if the server closed the connection before it read all of them. */
    public void sendAsFarAsRead(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException closedByServer) {
            // The answers show whether the server answered first.
        }
    }

    /** Closes the output of the connection, which ends the input of the server. */
    public void endOfInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException closedByServer) {
            // The server has already closed the connection.
        }
    }

    /** The next answer; empty if the server closed the connection instead. */
    public Optional<RawAnswer> answer() throws IOException {
        Optional<String> head = head();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        int length = 0;
        for (String line : head.get().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return Optional.of(new RawAnswer(head.get(), new String(in.readNBytes(length), StandardCharsets.UTF_8)));
    }

    /** All answers until the server closes the connection. */
    public List<RawAnswer> answersToTheEnd() throws IOException {
        List<RawAnswer> answers = new ArrayList<>();
        for (Optional<RawAnswer> next = answer(); next.isPresent(); next = answer()) {
            answers.add(next.get());
        }
        return answers;
    }

    private Optional<String> head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!endsWithBlankLine(head)) {
                int b = in.read();
                if (b < 0) {
                    return Optional.empty();
                }
                head.write(b);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("No answer within " + WAIT_MILLIS_MAX + " ms", e);
        } catch (SocketException reset) {
            return Optional.empty();
        }
        return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
    }

    private static boolean endsWithBlankLine(ByteArrayOutputStream head) throws IOException {
        int size = head.size();
        if (size > HEAD_BYTES_MAX) {
            throw new IOException("A head without an end: " + head);
        }
        byte[] bytes = head.toByteArray();
        return size >= 4
                && bytes[size - 4] == '\r'
                && bytes[size - 3] == '\n'
                && bytes[size - 2] == '\r'
                && bytes[size - 1] == '\n';
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
