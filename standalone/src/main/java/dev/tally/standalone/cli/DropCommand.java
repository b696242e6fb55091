package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Generations;
import dev.tally.streams.generation.Board;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "drop",
        description = {
            "Deletes a generation that is not live: its counting, its state, its changelog and its group. A rebuild that has not",
            "switched yet ends with it."
        },
        footer = {"", "Example:", "  tally drop g1"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class DropCommand implements Callable<Integer> {

    private static final int TRIES_MAX = 120;
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "GENERATION", description = "Its name, as tally generations prints it.")
    private String generation;

    @Override
    public Integer call() throws InterruptedException {
        try (GenerationTool tool = new GenerationTool(ClientSettings.read().kafka())) {
            Board board = tool.board();
            Collection<String> topics = topics(tool.admin());
            Generations now = board.generations();
            boolean isLeft = now != null && now.entry(generation).isEmpty() && !topics.isEmpty();
            if (!isLeft) {
                var unused = tool.change(generations -> generations.drop(generation));
            }
            deleteGroup(tool.admin());
            delete(tool.admin(), topics(tool.admin()));
            tool.forget(board.notes(), generation);
            var unused = tool.change(generations -> generations.dropped(generation));
            spec.commandLine().getOut().println("Generation " + generation + " is deleted");
            return ExitCode.OK;
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "Generation " + generation + " does not count any more, but not all of it could be deleted: "
                            + e.getCause() + ". Run this command again");
        }
    }

    private Collection<String> topics(Admin admin) throws InterruptedException {
        String prefix = Generations.applicationId(generation) + "-";
        try {
            return admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .toList();
        } catch (ExecutionException e) {
            throw new CommandFailedException(ExitCode.FAILED, "Kafka does not list its topics: " + e.getCause());
        }
    }

    /** The group is empty when every instance has left it; one that is away leaves with the end of its session. */
    private void deleteGroup(Admin admin) throws InterruptedException, ExecutionException {
        for (int i = 0; i < TRIES_MAX; i++) {
            try {
                admin.deleteConsumerGroups(List.of(Generations.applicationId(generation)))
                        .all()
                        .get();
                return;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof GroupIdNotFoundException) {
                    return;
                } else if (!(e.getCause() instanceof GroupNotEmptyException) || i == TRIES_MAX - 1) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static void delete(Admin admin, Collection<String> topics) throws InterruptedException, ExecutionException {
        admin.deleteTopics(topics).all().get();
    }
}
