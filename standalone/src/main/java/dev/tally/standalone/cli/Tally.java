package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.service.settings.SettingsException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** The main class, and the exit code of every failure. It loads no class of picocli, see {@link PlainCommand}. */
public final class Tally {

    private Tally() {}

    public static void main(String[] arguments) throws Exception {
        Logging.choose(arguments);
        if (!Logging.isOfAService(arguments)) {
            ClosedOutput.endsTheProcess();
        }
        System.exit(run(arguments, new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8)));
    }

    /** @return the exit code; commands in the foreground end the JVM themselves */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) throws Exception {
        Callable<Integer> plain = PlainCommand.of(out, arguments);
        if (plain == null) {
            return TallyCommand.run(arguments, out, err);
        }
        try {
            return plain.call();
        } catch (CommandFailedException | SettingsException e) {
            return report(e, err);
        }
    }

    /** Prints the sentences of a failure and returns its exit code. Any other failure is a defect, and is thrown. */
    static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CommandFailedException refused) {
            err.println(refused.getMessage());
            return refused.exitCode();
        }
        if (failure instanceof SettingsException settings) {
            settings.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        throw failure;
    }
}
