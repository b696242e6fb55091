package dev.tally.standalone.cli;

import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.standalone.Standalone;
import dev.tally.standalone.StandaloneSettings;
import dev.tally.standalone.http.Installation;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Runs the whole system in one process, in the foreground, until it is stopped.",
        footer = {"", "Example:", "  tally up --http-port 8080 --kafka-port 9092 --data-dir data"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The HTTP port; 0 for any free port. Default: 8080.")
    private @Nullable String httpPort;

    @Mixin
    private BrokerOptions broker;

    @Override
    public Integer call() {
        ServiceMain.run(() -> {
            Standalone standalone = Standalone.start(StandaloneSettings.read(System.getenv(), flags()));
            var unused = standalone.ready().thenRun(() -> announce(standalone.installation()));
            return standalone;
        });
        return ExitCode.FAILED;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = broker.flags();
        if (httpPort != null) {
            flags.put("--http-port", httpPort);
        }
        return flags;
    }

    private void announce(Installation runs) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Tally is ready: " + runs.http() + "  Kafka " + runs.kafka() + "  data " + runs.dataDirectory());
        runs.commands().forEach(command -> out.println("  " + command));
    }
}
