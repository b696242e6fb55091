package dev.tally.service.http.response;

import io.undertow.server.AbstractServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices that the client of a stream closes its connection or its sending side, while nothing is sent to it. Whatever else
 * the client sends is discarded: the connection is not used after the stream. Runs on the IO thread.
 */
final class DisconnectWatch {
    private static final int SCRATCH_BYTES = 512;
    /** Read in one go; more is read at the next event, so that one client does not occupy the IO thread. */
    private static final int READS_MAX = 32;

    private DisconnectWatch() {}

    static void on(AbstractServerConnection connection, Runnable disconnected) {
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        source.setConduit(connection.getOriginalSourceConduit());
        source.setReadListener(readable -> {
            if (!discard(readable)) {
                readable.suspendReads();
                disconnected.run();
            }
        });
        source.resumeReads();
    }

    /** Returns false if the client sends no more. */
    private static boolean discard(ConduitStreamSourceChannel source) {
        ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);
        try {
            int count = 1;
            for (int reads = 0; count > 0 && reads < READS_MAX; reads++) {
                count = source.read(scratch.clear());
            }
            return count >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
