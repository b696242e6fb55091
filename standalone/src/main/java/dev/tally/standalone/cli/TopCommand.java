package dev.tally.standalone.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "top",
        description = "Prints the counters with the largest totals, one name, tab and total per line.",
        footer = {"", "Examples:", "  tally top shop", "  tally top shop -n 3"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class TopCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS", description = "The namespace.", converter = NamespaceConverter.class)
    private String namespace;

    @Option(
            names = "-n",
            paramLabel = "N",
            description = "The number of counters, at most 1000. Default: 10.",
            converter = CountConverter.class)
    private int count = 10;

    @Option(names = "--json", description = "Print the body of the response.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return top(new TallyClient(ClientSettings.read().readUrl()));
    }

    Integer top(TallyClient tally) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        TallyClient.Answer answer = tally.list(namespace, "sort", "-total", "limit", Integer.toString(count));
        if (json) {
            out.println(answer.body().strip());
        } else {
            CounterLines.of(answer).forEach(out::println);
        }
        return ExitCode.OK;
    }
}
