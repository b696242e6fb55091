package dev.tally.standalone.cli;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.lifecycle.ServiceMain;
import dev.tally.service.settings.Environment;
import dev.tally.standalone.BrokerSettings;
import dev.tally.standalone.StandaloneBroker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "broker",
        description = "Runs a Kafka broker alone, in the foreground, until it is stopped.",
        footer = {"", "Example:", "  tally broker --kafka-port 9092 --data-dir data"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class BrokerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BrokerOptions options;

    @Override
    public Integer call() {
        ServiceMain.run(() -> {
            Environment environment = Environment.of(SettingNames.ALL, System.getenv(), options.flags());
            BrokerSettings settings = BrokerSettings.read(environment, options.flags());
            environment.verify();
            StandaloneBroker broker = StandaloneBroker.start(settings);
            spec.commandLine()
                    .getOut()
                    .println("Kafka is ready: " + broker.bootstrapServers() + "  data " + settings.dataDirectory());
            return broker;
        });
        return ExitCode.FAILED;
    }
}
