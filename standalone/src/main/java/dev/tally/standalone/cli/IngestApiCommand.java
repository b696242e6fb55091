package dev.tally.standalone.cli;

import dev.tally.ingest.IngestMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "ingest-api",
        description = {
            "Runs the service that takes hits, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables."
        },
        footer = {"", "Example:", "  TALLY_HTTP_PORT=8080 tally ingest-api"})
final class IngestApiCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        IngestMain.main(new String[0]);
        return ExitCode.FAILED;
    }
}
