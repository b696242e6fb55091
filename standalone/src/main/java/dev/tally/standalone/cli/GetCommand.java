package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "get",
        description = "Prints a counter's total. The exit code is 3 if the counter is unknown.",
        footer = {"", "Examples:", "  tally get shop/sold", "  tally get shop/sold --after \"$(tally hit shop/sold)\""})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class GetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS/COUNTER", description = "The counter's name, not percent-encoded.")
    private CounterName counter;

    @Option(
            names = "--after",
            paramLabel = "RECEIPT",
            description =
                    "Wait until the event with this receipt is counted, 2 seconds at most; else the exit code is 1.")
    private @Nullable String after;

    @Option(names = "--json", description = "Print the body of the response.")
    private boolean json;

    /** For picocli. */
    GetCommand() {}

    /** The command without options. */
    GetCommand(CounterName counter) {
        this.counter = counter;
    }

    @Override
    public Integer call() throws InterruptedException {
        return get(spec.commandLine().getOut());
    }

    Integer get(PrintWriter out) throws InterruptedException {
        return get(new TallyClient(ClientSettings.read().readUrl()), out);
    }

    Integer get(TallyClient tally, PrintWriter out) throws InterruptedException {
        TallyClient.Answer answer = tally.get(counter, after);
        out.println(json ? answer.body().strip() : answer.field("total"));
        return ExitCode.OK;
    }
}
