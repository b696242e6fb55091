package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.streams.state.store.StateParameters;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rebuild",
        description = {
            "Counts the whole log again into a new generation beside the live one, compares the two, and switches the reads and",
            "the feeds to the new one if they agree. Writes and reads go on. The old one stays for tally rollback until tally drop.",
            "The work is done by counter-streams: it goes on if this command is ended."
        },
        footer = {"", "Examples:", "  tally rebuild", "  tally rebuild --accept-differences --yes"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class RebuildCommand implements Callable<Integer> {

    private static final double MEGABYTE = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--accept-differences",
            description =
                    "Switch also if counters differ: after a corrected rule, or with another window or retention.")
    private boolean acceptDifferences;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (GenerationTool tool = new GenerationTool(ClientSettings.read().kafka())) {
            Generations before = tool.generations();
            before = checked(before);
            err.println(needs(tool.admin(), before.live()));
            if (!yes && !isAgreed()) {
                err.println("Nothing was changed");
                return ExitCode.FAILED;
            }
            Generations requested = tool.change(now -> now.rebuild(acceptDifferences, StateParameters.FORMAT));
            String to = Objects.requireNonNull(requested.change()).to();
            Generations after = new ChangeWatch(tool, err).await(to);
            return report(after, to, before.live(), out, err);
        }
    }

    /** Refuses now what the change would refuse after the question. */
    private Generations checked(Generations now) {
        try {
            var unused = now.rebuild(acceptDifferences, StateParameters.FORMAT);
            return now;
        } catch (ChangeRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static int report(Generations after, String to, String from, PrintWriter out, PrintWriter err) {
        Change change = after.change();
        if (after.live().equals(to)) {
            boolean isUsable =
                    after.entry(from).map(entry -> entry.unusable() == null).orElse(false);
            out.println("Generation " + to + " is live. "
                    + (isUsable
                            ? "Generation " + from
                                    + " is kept: scripts/tally rollback goes back to it, scripts/tally drop " + from
                                    + " deletes it"
                            : "The state of generation " + from + " cannot be used: scripts/tally drop " + from
                                    + " deletes it"));
            return ExitCode.OK;
        }
        GenerationsCommand.print(change, out);
        err.println(change == null ? "Generation " + to + " was dropped" : advice(after, change));
        return ExitCode.FAILED;
    }

    /** What to do after a refusal. */
    private static String advice(Generations after, Change refused) {
        String stays = "Generation " + refused.from() + " stays live";
        if (after.entry(refused.to()).isEmpty()) {
            return stays;
        }
        String drop = "scripts/tally drop " + refused.to();
        return refused.differences().isEmpty()
                ? stays + ". Then: " + drop
                : stays + ". See the counters with scripts/tally audit; then either " + drop
                        + ", or scripts/tally rebuild --accept-differences";
    }

    private static boolean isAgreed() {
        Confirmation terminal = Confirmation.onTerminal();
        return terminal == null || terminal.isGiven("Rebuild?");
    }

    /** What it will need, as far as Kafka tells. */
    private static String needs(Admin admin, String live) throws InterruptedException {
        try {
            GenerationProgress log = GenerationProgress.of(admin, live);
            long bytes = ChangelogSize.of(admin, live);
            return String.format(
                    Locale.ROOT,
                    "A new generation counts %,d events. It needs about %,.0f MB in Kafka, where the changelog of generation %s has as"
                            + " much now, and about as much in the state directories.%nIn counter-streams, TALLY_STATE_MEMORY"
                            + " bounds the RocksDB memory of all generations together, and TALLY_REBUILD_RATE how fast the new"
                            + " one counts",
                    log.events(),
                    Math.max(1, bytes / MEGABYTE),
                    live);
        } catch (ExecutionException e) {
            return "Kafka does not tell the size of generation " + live + ": " + e.getCause();
        }
    }
}
