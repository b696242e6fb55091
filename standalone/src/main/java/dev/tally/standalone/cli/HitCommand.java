package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hit",
        description = {
            "Counts: adds to a counter, and prints the receipt once the event is safe in Kafka.",
            "It is not retried: after an error, nothing or one event may have been recorded."
        },
        footer = {"", "Example:", "  tally hit shop/sold --delta 3"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class HitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS/COUNTER", description = "The counter, as it is: not percent-encoded.")
    private CounterName counter;

    @Option(names = "--delta", paramLabel = "N", description = "What to add, 64 bits, may be negative. Default: 1.")
    private long delta = 1;

    @Option(names = "--json", description = "Print the whole answer.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        ClientSettings settings = ClientSettings.read();
        String answer = new TallyClient(settings.writeUrl()).post(counter, "{\"delta\":" + delta + "}");
        spec.commandLine().getOut().println(json ? answer.strip() : JsonFields.get(answer, "receipt"));
        return ExitCode.OK;
    }
}
