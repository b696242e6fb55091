package dev.tally.service.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/** What is left of a body when the answer is known already. */
final class UnreadBody {
    private static final int SCRATCH_BYTES = 4 << 10;
    private static final int BYTES_MAX = 64 << 10;

    private UnreadBody() {}

    /** Throws away what has come. True if that was all, so that the connection can carry another request. */
    static boolean discard(HttpServerExchange exchange, @Nullable BodyReader reader) {
        if (exchange.isRequestComplete()) {
            return true;
        }
        if (HttpContinue.requiresContinueResponse(exchange)) {
            return false;
        }
        StreamSourceChannel channel = reader == null ? null : reader.channel();
        if (channel == null) {
            channel = exchange.getRequestChannel();
        }
        if (channel == null) {
            return false;
        }
        try {
            ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);
            for (int read = 0; read < BYTES_MAX; read += SCRATCH_BYTES) {
                scratch.clear();
                int count = channel.read(scratch);
                if (count <= 0) {
                    return count < 0;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }
}
