package dev.tally.standalone.cli;

import dev.tally.streams.CounterStreamsMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "counter-streams",
        description = {
            "Runs the counting topology and its read endpoint, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables: docs/configuration.md."
        },
        footer = {"", "Example:", "  TALLY_STREAMS_THREADS=2 tally counter-streams"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class CounterStreamsCommand implements Callable<Integer> {

    @Mixin
    private HttpPortOption http;

    @Override
    public Integer call() {
        CounterStreamsMain.main(http.arguments());
        return ExitCode.FAILED;
    }
}
