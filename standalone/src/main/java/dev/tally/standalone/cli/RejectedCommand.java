package dev.tally.standalone.cli;

import dev.tally.schemas.RejectedFormatter;
import dev.tally.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rejected",
        description = {
            "Prints the refused events, tally.events.rejected, with Kafka's console consumer:",
            "partition-offset of the event, time, key, reason, detail, between tabs."
        },
        footer = {"", "Examples:", "  tally rejected", "  tally rejected --json --follow"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class RejectedCommand implements Callable<Integer> {

    @Mixin
    private TopicOptions options;

    @Override
    public Integer call() throws Exception {
        return options.print(Topics.REJECTED, RejectedFormatter.class);
    }
}
