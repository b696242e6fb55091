package dev.tally.standalone.cli;

import dev.tally.query.QueryMain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "query-api",
        description = {
            "Runs the service that answers totals, alone, in the foreground, until it is stopped.",
            "Its settings are environment variables."
        },
        footer = {"", "Example:", "  TALLY_QUERY_STREAMS=127.0.0.1:8082 tally query-api"})
final class QueryApiCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        QueryMain.main(new String[0]);
        return ExitCode.FAILED;
    }
}
