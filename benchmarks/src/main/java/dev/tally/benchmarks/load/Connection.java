package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A persistent connection with at most one request in flight. Used by the thread of its {@link Wire} only. */
final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable Consumer<HttpAnswer> receiver;
    private @Nullable ByteBuffer unsent;

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Sends a GET. The receiver is called on the same thread and may send another request. */
    void get(String target, Consumer<HttpAnswer> whenAnswered) {
        send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n", whenAnswered);
    }

    /** Sends a POST of JSON in ASCII. */
    void post(String target, String json, Consumer<HttpAnswer> whenAnswered) {
        send(
                "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json,
                whenAnswered);
    }

    boolean isIdle() {
        return receiver == null;
    }

    private void send(String request, Consumer<HttpAnswer> whenAnswered) {
        if (!isIdle()) {
            throw new IllegalStateException("a request is in flight");
        }
        receiver = whenAnswered;
        unsent = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    /** Continues a write that the socket did not take completely. */
    void flush() {
        ByteBuffer rest = unsent;
        if (rest == null) {
            return;
        }
        try {
            channel.write(rest);
        } catch (IOException e) {
            throw new BenchException("a connection broke while a request was sent: " + e, e);
        }
        if (!rest.hasRemaining()) {
            unsent = null;
        }
        key.interestOps(SelectionKey.OP_READ | (unsent == null ? 0 : SelectionKey.OP_WRITE));
    }

    /** Reads the available bytes and passes on an answer that is complete. */
    void read(ByteBuffer buffer) {
        int count;
        try {
            count = channel.read(buffer.clear());
        } catch (IOException e) {
            throw new BenchException("a connection broke while an answer was read: " + e, e);
        }
        if (count < 0) {
            throw new BenchException("the server closed a connection");
        }
        parser.add(buffer.flip());
        HttpAnswer answer = parser.next(System.nanoTime());
        if (answer == null) {
            return;
        }
        Consumer<HttpAnswer> to = receiver;
        if (to == null) {
            throw new BenchException("an unexpected response: " + answer);
        }
        receiver = null;
        to.accept(answer);
    }
}
