package dev.tally.system.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that keep sending requests and never read the answers. */
public final class SlowReaders implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4 << 10;
    private static final int REQUESTS_A_WRITE = 500;
    /** Maximum number of bytes that each client sends: enough to fill every buffer between client and server. */
    private static final long BYTES_MAX = 16 << 20;

    private static final Duration STUCK = Duration.ofMillis(500);

    private final List<SocketChannel> channels = new ArrayList<>();
    private long requests;

    private SlowReaders() {}

    public static SlowReaders open(URI server, int count) throws IOException {
        SlowReaders readers = new SlowReaders();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            readers.channels.add(channel);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            channel.configureBlocking(false);
        }
        return readers;
    }

    /** The number of requests sent, over all clients. */
    public long requests() {
        return requests;
    }

    /** Sends the request repeatedly on every connection, until the server has accepted no byte for {@code STUCK}. */
    public void sendUntilNothingIsTaken(String request) throws IOException {
        byte[] many = request.repeat(REQUESTS_A_WRITE).getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer[] rests = new ByteBuffer[channels.size()];
        long[] sent = new long[channels.size()];
        long lastProgress = System.nanoTime();
        while (System.nanoTime() - lastProgress < STUCK.toNanos()) {
            for (int i = 0; i < rests.length; i++) {
                if (rests[i] == null || !rests[i].hasRemaining()) {
                    rests[i] = ByteBuffer.wrap(many);
                }
                int count = sent[i] < BYTES_MAX ? channels.get(i).write(rests[i]) : 0;
                if (count > 0) {
                    sent[i] += count;
                    requests += count / request.length();
                    lastProgress = System.nanoTime();
                }
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
