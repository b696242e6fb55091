package dev.tally.service.http.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The lowest sink conduit of one connection. Undertow's parser rejects bytes that are not a request by writing one constant
 * to the connection's channel before an exchange exists; this conduit sends a problem instead. While a request is being
 * answered, its own conduits are between the channel and this one, and their writes are passed on unchecked. Runs on the
 * connection's IO thread.
 */
final class ParserRefusals extends AbstractStreamSinkConduit<StreamSinkConduit> {
    /** The constant of Undertow's HttpReadListener. If Undertow changed it, it would be sent unchanged and a test would fail. */
    private static final ByteBuffer BARE = ByteBuffer.wrap(
                    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1))
            .asReadOnlyBuffer();

    private final ConduitStreamSinkChannel channel;
    private final Supplier<ByteBuffer> problems;
    private @Nullable ByteBuffer pending;

    private ParserRefusals(ConduitStreamSinkChannel channel, Supplier<ByteBuffer> problems) {
        super(channel.getConduit());
        this.channel = channel;
        this.problems = problems;
    }

    /**
     * Installs the conduit. Must be called before Undertow sees the connection.
     *
     * @param problems the bytes of a problem, created for each refusal
     */
    static void on(StreamConnection connection, Supplier<ByteBuffer> problems) {
        ConduitStreamSinkChannel channel = connection.getSinkChannel();
        channel.setConduit(new ParserRefusals(channel, problems));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.getConduit() == this && source.equals(BARE) ? writeInstead(source) : next.write(source);
    }

    /** Consumes the whole source once the whole problem is written, and none of it before. */
    private int writeInstead(ByteBuffer source) throws IOException {
        ByteBuffer problem = pending;
        if (problem == null) {
            problem = problems.get();
            pending = problem;
        }
        while (problem.hasRemaining()) {
            if (next.write(problem) == 0) {
                return 0;
            }
        }
        int taken = source.remaining();
        source.position(source.limit());
        return taken;
    }
}
