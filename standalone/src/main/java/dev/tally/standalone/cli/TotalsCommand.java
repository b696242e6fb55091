package dev.tally.standalone.cli;

import dev.tally.schemas.TotalFormatter;
import dev.tally.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "totals",
        description = {
            "Prints the public feed of totals, tally.totals, with Kafka's console consumer.",
            "The last line of a counter is its total; intermediate totals may be omitted."
        },
        footer = {"", "Examples:", "  tally totals shop/sold", "  tally totals --json --follow"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class TotalsCommand implements Callable<Integer> {

    @Mixin
    private TopicOptions options;

    @Override
    public Integer call() throws Exception {
        return options.print(Topics.TOTALS, TotalFormatter.class);
    }
}
