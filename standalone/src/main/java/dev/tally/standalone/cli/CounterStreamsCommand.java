package dev.tally.standalone.cli;

import dev.tally.streams.CounterStreamsMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "counter-streams",
        description = {
            "Runs the fold and its read endpoint, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables."
        },
        footer = {"", "Example:", "  TALLY_STREAMS_THREADS=2 tally counter-streams"})
final class CounterStreamsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        CounterStreamsMain.main(new String[0]);
        return ExitCode.FAILED;
    }
}
