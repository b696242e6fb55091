package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.GenerationsJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "generations",
        description = {
            "Prints the generations of the counting: name, live or kept or new, how far it has counted, when it was created,",
            "deduplication window; and below them the change in progress, or why the last one was refused."
        },
        footer = {"", "Examples:", "  tally generations", "  tally generations --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class GenerationsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the record as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (GenerationTool tool = new GenerationTool(ClientSettings.read().kafka())) {
            Generations generations = tool.generations();
            if (json) {
                out.println(new String(GenerationsJson.write(generations), StandardCharsets.UTF_8));
                return ExitCode.OK;
            }
            for (GenerationEntry entry : generations.all()) {
                out.println(String.join(
                        "\t",
                        entry.name(),
                        state(generations, entry.name()),
                        progress(tool, entry.name()),
                        entry.createdAt().toString(),
                        "window " + entry.parameters().deduplicationWindow().toString()));
                if (entry.unusable() != null) {
                    out.println("  cannot be used: " + entry.unusable());
                }
            }
            print(generations.change(), out);
        }
        return ExitCode.OK;
    }

    private static String state(Generations generations, String name) {
        Change change = generations.change();
        if (name.equals(generations.live())) {
            return "live";
        }
        return change != null && change.kind() == Change.Kind.REBUILD && name.equals(change.to()) ? "new" : "kept";
    }

    private static String progress(GenerationTool tool, String name) throws InterruptedException {
        try {
            return GenerationProgress.of(tool.admin(), name).text();
        } catch (ExecutionException e) {
            return "progress unknown";
        }
    }

    static void print(@Nullable Change change, PrintWriter out) {
        if (change != null) {
            String outcome = change.outcome();
            out.println("change to " + change.to() + ": " + change.phase().text()
                    + (outcome == null ? "" : ", " + outcome));
            change.differences().forEach(difference -> out.println("  " + difference));
        }
    }
}
