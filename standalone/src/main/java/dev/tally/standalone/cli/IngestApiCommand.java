package dev.tally.standalone.cli;

import dev.tally.ingest.IngestMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "ingest-api",
        description = {
            "Runs ingest-api, which accepts hits, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables: docs/configuration.md."
        },
        footer = {"", "Example:", "  tally ingest-api --http-port 8080"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class IngestApiCommand implements Callable<Integer> {

    @Mixin
    private HttpPortOption http;

    @Override
    public Integer call() {
        IngestMain.main(http.arguments());
        return ExitCode.FAILED;
    }
}
