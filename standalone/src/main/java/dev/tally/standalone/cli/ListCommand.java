package dev.tally.standalone.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = {
            "Prints the counters of a namespace, a name, a tab and a total a line, in the order of the bytes of UTF-8.",
            "They are read a page at a time, so the last ones are as of a later moment than the first."
        },
        footer = {"", "Examples:", "  tally list shop", "  tally list shop --prefix sold/"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class ListCommand implements Callable<Integer> {

    /** The maximum of counters per page. */
    private static final String LIMIT = "1000";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS", description = "The namespace.", converter = NamespaceConverter.class)
    private String namespace;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description = "Only counters whose name starts with this.",
            converter = PrefixConverter.class)
    private @Nullable String prefix;

    @Option(names = "--json", description = "Print the whole answer, each page on a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return list(new TallyClient(ClientSettings.read().readUrl()));
    }

    Integer list(TallyClient tally) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        String cursor = null;
        do {
            TallyClient.Answer page = tally.list(namespace, "prefix", prefix, "limit", LIMIT, "cursor", cursor);
            if (json) {
                out.println(page.body().strip());
            } else {
                CounterLines.of(page).forEach(out::println);
            }
            cursor = JsonFields.find(page.body(), "next");
        } while (cursor != null && !out.checkError()); // the reader may have closed the output
        return ExitCode.OK;
    }
}
