package dev.tally.standalone.cli;

import dev.tally.query.QueryMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "query-api",
        description = {
            "Runs query-api, which answers reads, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables: docs/configuration.md."
        },
        footer = {"", "Example:", "  TALLY_QUERY_STREAMS=127.0.0.1:8082 tally query-api"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class QueryApiCommand implements Callable<Integer> {

    @Mixin
    private HttpPortOption http;

    @Override
    public Integer call() {
        QueryMain.main(http.arguments());
        return ExitCode.FAILED;
    }
}
