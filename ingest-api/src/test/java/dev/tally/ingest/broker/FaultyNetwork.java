package dev.tally.ingest.broker;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A relay between a client and a broker. It forwards bytes. On command it drops all responses of the broker, or closes every
 * connection.
 */
public final class FaultyNetwork extends Relay {
    private volatile boolean losesAnswers;

    public FaultyNetwork() throws IOException {
        super("faulty-network");
    }

    /** From now on the broker's responses are read and dropped. */
    public void loseAnswers() {
        losesAnswers = true;
    }

    /** Closes every connection. New connections work. */
    public void heal() {
        losesAnswers = false;
        cut();
    }

    @Override
    void connect(Socket client, Socket broker) {
        thread("to-broker", () -> pump(client, broker, false));
        thread("to-client", () -> pump(broker, client, true));
    }

    private void pump(Socket from, Socket to, boolean answers) throws IOException {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!(answers && losesAnswers)) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
        }
    }
}
