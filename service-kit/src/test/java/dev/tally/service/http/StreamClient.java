package dev.tally.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket to a server under test that reads a response piece by piece, as it arrives. */
final class StreamClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    StreamClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    StreamClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    StreamClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /** Status line and headers of the next response. */
    String head() throws IOException {
        return until("\r\n\r\n");
    }

    /** The next bytes of a body. */
    String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The next chunk of a body; empty for the last one. */
    String chunk() throws IOException {
        String line = until("\r\n");
        String chunk = text(Integer.parseInt(line.substring(0, line.length() - 2), 16));
        until("\r\n");
        return chunk;
    }

    /** All chunks up to the last one. */
    String chunks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            all.append(chunk);
        }
        return all.toString();
    }

    /** All bytes until the server closes the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private String until(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.length() < end.length() || read.lastIndexOf(end) != read.length() - end.length()) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("The server closed the connection after: " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
