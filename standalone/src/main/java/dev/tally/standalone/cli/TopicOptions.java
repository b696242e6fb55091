package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.MessageFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that all commands that print a topic share. */
final class TopicOptions {

    @Parameters(
            arity = "0..1",
            paramLabel = "NS/COUNTER",
            description = "Only this counter; its name, not percent-encoded.")
    private @Nullable CounterName counter;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Option(names = "--follow", description = "Do not stop at the end; wait for more until Ctrl-C.")
    private boolean follow;

    int print(String topic, Class<? extends MessageFormatter> formatter) throws Exception {
        ClientSettings settings = ClientSettings.read();
        Map<String, String> properties = new TreeMap<>(settings.registry().properties());
        properties.put("json", Boolean.toString(json));
        if (counter != null) {
            properties.put("counter", counter.toString());
        }
        return new ConsoleRead(topic, formatter.getName(), properties, follow).run(settings.kafka(), counter);
    }
}
