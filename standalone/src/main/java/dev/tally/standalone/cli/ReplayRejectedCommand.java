package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.RegistryUnavailableException;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.standalone.rejected.Replay;
import dev.tally.standalone.rejected.ReplayFilter;
import dev.tally.standalone.rejected.ReplayReport;
import dev.tally.streams.topology.Rejection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay-rejected",
        description = {
            "After a fix, appends rejected events to tally.events again, each once, however often the command runs.",
            "",
            "Operation, value, time of occurrence and source stay. An id stays too; an event without one gets the id"
                    + " tally.rejected.P-O, where P-O is the receipt of the rejected event. The events are counted as of"
                    + " now: a SET or DELETE overrides what was counted since.",
            "",
            "overflow         appended: first lower the total, or it overflows again",
            "undecodable      appended if its schema is known now",
            "wrong_partition  appended to its own partition",
            "id_reused        appended with --reason id_reused only: with a new id it counts in addition to the"
                    + " event that has its id",
            "bad_key, too_large  left",
            "",
            "Prints a line for each reason, and the events that are left and why. Exits with 1 if any is left."
        },
        footer = {
            "",
            "Examples:",
            "  tally replay-rejected --dry-run",
            "  tally replay-rejected --reason overflow shop/sold"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class ReplayRejectedCommand implements Callable<Integer> {

    private static final int SCHEMA_SECONDS_MAX = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--reason",
            paramLabel = "R",
            converter = RejectionConverter.class,
            description = "Only events that were rejected for this reason.")
    private @Nullable Rejection reason;

    @Parameters(
            arity = "0..1",
            paramLabel = "NS/COUNTER",
            description = "Only this counter; its name, not percent-encoded.")
    private @Nullable CounterName counter;

    @Option(names = "--dry-run", description = "Append nothing; print what would be appended.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask. The command asks on a terminal only.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        ClientSettings settings = ClientSettings.read();
        EndOfTopic rejected = EndOfTopic.of(Topics.REJECTED, ConsoleRead.admin(settings.kafka()));
        if (counter != null) {
            rejected = rejected.only(Placement.partition(counter.key(), rejected.partitions()));
        }
        int partitions = EndOfTopic.of(Topics.EVENTS, ConsoleRead.admin(settings.kafka()))
                .partitions();
        try (SchemaDirectory schemas = SchemaDirectory.open(settings.registry().properties())) {
            return replay(new Replay(
                    settings.kafka(),
                    schemas,
                    encoder(schemas),
                    new ReplayFilter(reason, counter),
                    partitions,
                    rejected.unread()));
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            throw failed(String.valueOf(e.getMessage()) + " Nothing was appended");
        } catch (KafkaException e) {
            throw failed("Kafka did not respond: " + e.getMessage() + ". Nothing was appended");
        }
    }

    private int replay(Replay replay) {
        ReplayReport plan = replay.plan();
        if (dryRun || plan.due() == 0) {
            print(plan, dryRun);
            return plan.left() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
        Confirmation terminal = yes ? null : Confirmation.onTerminal();
        if (terminal != null) {
            print(plan, true);
            if (!terminal.isGiven("Append " + plan.due() + " to " + Topics.EVENTS + "?")) {
                throw failed("Nothing was appended");
            }
        }
        ReplayReport report = replay.append();
        print(report, false);
        Exception failure = report.failure();
        if (failure != null) {
            throw failed(report.appended() + " of " + plan.due() + " events were appended before this failure: "
                    + failure.getMessage() + ". Run the command again: it appends the missing ones only");
        }
        return report.left() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The registry has assigned the id of the schema, unless no service with this registry has ever started. */
    private static EventEncoder encoder(SchemaDirectory schemas) throws InterruptedException {
        try {
            return new EventEncoder(
                    schemas.ids().get(SCHEMA_SECONDS_MAX, TimeUnit.SECONDS).event());
        } catch (TimeoutException e) {
            throw failed(schemas.waitingFor() + " Nothing was appended");
        } catch (ExecutionException e) {
            throw failed("The schema registry refused the schemas: " + e.getMessage() + ". Nothing was appended");
        }
    }

    private void print(ReplayReport report, boolean isPlan) {
        List<String> lines = report.lines(isPlan);
        (lines.isEmpty() ? List.of("No rejected event matches") : lines)
                .forEach(spec.commandLine().getOut()::println);
    }

    private static CommandFailedException failed(String sentence) {
        return new CommandFailedException(ExitCode.FAILED, sentence);
    }
}
