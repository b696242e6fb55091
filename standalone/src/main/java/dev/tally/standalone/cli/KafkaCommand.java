package dev.tally.standalone.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "kafka",
        description = {
            "Runs one of Kafka's own command line tools, with --bootstrap-server filled in unless given.",
            "TOOL is the name of Kafka's script without kafka- and .sh; all arguments after it are passed to the tool."
        },
        footer = {
            "",
            "Examples:",
            "  tally kafka topics --describe",
            "  tally kafka console-consumer --topic tally.totals --from-beginning \\",
            "      --formatter dev.tally.schemas.TotalFormatter"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class KafkaCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "TOOL",
            description = "For example topics, groups, console-consumer, get-offsets, configs.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "The arguments of the tool; see --help.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        KafkaTool tool = KafkaTool.named(name);
        String bootstrapServers = ClientSettings.read().kafka().bootstrapServers();
        run(tool.mainClass(), tool.complete(arguments, bootstrapServers));
        return ExitCode.OK;
    }

    /** Most tools end the process with their own exit code. A tool that returns has succeeded. */
    private static void run(String mainClass, List<String> arguments) throws Exception {
        Object argument = arguments.toArray(String[]::new);
        try {
            Class.forName(mainClass).getMethod("main", String[].class).invoke(null, argument);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
