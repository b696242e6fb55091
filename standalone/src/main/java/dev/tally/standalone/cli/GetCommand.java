package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "get",
        description = "Prints a counter's total. The exit code is 3 if nothing was ever counted under that name.",
        footer = {"", "Example:", "  tally get shop/sold"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class GetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS/COUNTER", description = "The counter, as it is: not percent-encoded.")
    private CounterName counter;

    @Option(names = "--json", description = "Print the whole answer.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ClientSettings settings = ClientSettings.read();
        String answer = new TallyClient(settings.readUrl()).get(counter);
        spec.commandLine().getOut().println(json ? answer.strip() : JsonFields.get(answer, "total"));
        return ExitCode.OK;
    }
}
