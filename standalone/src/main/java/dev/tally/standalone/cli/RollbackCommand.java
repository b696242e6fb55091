package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Generations;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rollback",
        description = {
            "Switches reads and feeds back to the generation that was live before. It has counted all the time, so nothing is lost."
        },
        footer = {"", "Example:", "  tally rollback"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class RollbackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (GenerationTool tool = new GenerationTool(ClientSettings.read().kafka())) {
            Generations requested = tool.change(Generations::rollback);
            String to = Objects.requireNonNull(requested.change()).to();
            Generations after = new ChangeWatch(tool, spec.commandLine().getErr()).await(to);
            if (!after.live().equals(to)) {
                spec.commandLine().getErr().println("Generation " + after.live() + " stays live");
                return ExitCode.FAILED;
            }
            spec.commandLine().getOut().println("Generation " + to + " is live");
            return ExitCode.OK;
        }
    }
}
