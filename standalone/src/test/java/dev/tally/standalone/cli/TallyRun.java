package dev.tally.standalone.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One call of the command line in this JVM. */
record TallyRun(int exitCode, String out, String err) {

    static TallyRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            int exitCode = Tally.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
            return new TallyRun(exitCode, out.toString(), err.toString());
        } catch (Exception e) {
            throw new AssertionError("A failure without a sentence", e);
        }
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
