package dev.tally.standalone.cli;

import dev.tally.schemas.EventFormatter;
import dev.tally.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "events",
        description = {
            "Prints the log of events, tally.events, with Kafka's console consumer:",
            "partition-offset, time of append, counter, add|set|delete, value, id or -, between tabs.",
            "With a counter, only its events."
        },
        footer = {"", "Examples:", "  tally events shop/sold", "  tally events --json --follow"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class EventsCommand implements Callable<Integer> {

    @Mixin
    private TopicOptions options;

    @Override
    public Integer call() throws Exception {
        return options.print(Topics.EVENTS, EventFormatter.class);
    }
}
