package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output of a command whose reader may close it, as {@code head} does after its lines. The JVM ignores
 * SIGPIPE, which ends other programs in that case, and Kafka's tools report errors. So the first write that fails ends
 * the process as SIGPIPE would.
 */
final class ClosedOutput extends OutputStream {

    /** The exit code that a shell reports for a program ended by SIGPIPE: 128 plus the signal's number. */
    static final int EXIT_CODE = 141;

    private static final int BUFFER_BYTES = 8 << 10;

    private final OutputStream out;

    private ClosedOutput(OutputStream out) {
        this.out = out;
    }

    /** Installs this output. Only for commands that end by themselves: a service continues without a reader. */
    static void endsTheProcess() {
        OutputStream out = new ClosedOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(new BufferedOutputStream(out, BUFFER_BYTES), true, UTF_8));
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            // Skips the shutdown hooks: those of Kafka's tools wait for their tool, and this may be one of its threads.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
