package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code tally} as picocli reads it: its subcommands, and all problems of the arguments at once. */
@Command(
        name = "tally",
        description = "An event-sourced counter service on Apache Kafka.",
        versionProvider = Versions.class,
        footer = {
            "",
            "Example:",
            "  tally up                 in one shell, and in another:",
            "  tally hit shop/sold && tally get shop/sold"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class TallyCommand implements Runnable {

    private static final String KAFKA = "kafka";

    @Spec
    private CommandSpec spec;

    /** Called without a subcommand. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** @return the exit code; commands in the foreground end the JVM themselves */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine tally = withCommands(arguments);
        // What is set here is set for the subcommands, which therefore come first.
        tally.setOut(out)
                .setErr(err)
                .registerConverter(CounterName.class, new CounterNameConverter())
                .registerConverter(long.class, new WholeNumberConverter())
                .setExecutionExceptionHandler(TallyCommand::failed)
                .setExecutionStrategy(TallyCommand::execute);
        configure(tally);
        tally.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the versions of Tally, Kafka and Java, and exit.")
                        .build());
        tally.getSubcommands().forEach((name, command) -> {
            configure(command);
            // The arguments after the tool's name belong to the tool.
            command.setStopAtPositional(name.equals(KAFKA));
        });
        return tally.execute(arguments);
    }

    /**
     * The command line with the subcommand that the first argument names, or with all of them for a usage text or a refusal.
     * Picocli reads the annotations of every command that it is given, which takes most of the time of a short command.
     */
    static CommandLine withCommands(String... arguments) {
        List<Class<?>> commands = commands();
        List<Class<?>> named = commands.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        CommandLine tally = new CommandLine(new TallyCommand());
        (named.isEmpty() ? commands : named).forEach(tally::addSubcommand);
        return tally;
    }

    /** In the order of {@code --help}. */
    private static List<Class<?>> commands() {
        return List.of(
                UpCommand.class,
                HitCommand.class,
                GetCommand.class,
                ListCommand.class,
                TopCommand.class,
                EventsCommand.class,
                TotalsCommand.class,
                RejectedCommand.class,
                ReplayRejectedCommand.class,
                AuditCommand.class,
                RebuildCommand.class,
                GenerationsCommand.class,
                RollbackCommand.class,
                DropCommand.class,
                KafkaCommand.class,
                BrokerCommand.class,
                IngestApiCommand.class,
                CounterStreamsCommand.class,
                QueryApiCommand.class);
    }

    private static void configure(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Print this help and exit.")
                        .build())
                .parser()
                .collectErrors(true);
    }

    /** Reports all problems of the arguments at once, or runs the command. */
    private static int execute(ParseResult parsed) {
        CommandLine command = last(parsed).commandSpec().commandLine();
        List<String> problems = Problems.of(parsed);
        if (!problems.isEmpty() && CommandLine.executeHelpRequest(parsed) == null) {
            problems.forEach(command.getErr()::println);
            command.getErr().println("Try " + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }

    /** Handles the exceptions of all commands. */
    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        return Tally.report(failure, command.getErr());
    }
}
