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
            "Prints the counters of a namespace, one name, tab and total per line, in the byte order of UTF-8.",
            "They are read page by page: later pages may reflect later events."
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
            description = "Only counters whose name has this prefix.",
            converter = PrefixConverter.class)
    private @Nullable String prefix;

    @Option(names = "--json", description = "Print the body of each response on a line.")
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
