package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output of a command whose reader may leave, as {@code head} does after its lines. The JVM ignores the signal that
 * ends other programs then, and Kafka's tools complain of it; so the first write in vain ends the process as the signal would.
 */
final class ClosedOutput extends OutputStream {

    /** What a shell says of a program that SIGPIPE has ended: 128 and the signal's number. */
    static final int EXIT_CODE = 141;

    private static final int BUFFER_BYTES = 8 << 10;

    private final OutputStream out;

    private ClosedOutput(OutputStream out) {
        this.out = out;
    }

    /** For commands that end by themselves: a service goes on without a reader. */
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
            // Without hooks: those of Kafka's tools wait for their tool, and one of its threads may be this one.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
