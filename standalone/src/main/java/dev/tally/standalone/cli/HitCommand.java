package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.json.JsonWriter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hit",
        description = {
            "Adds to a counter and prints the receipt once all in-sync replicas have the event.",
            "It does not retry: after an error the event may have been recorded. A hit with an id can be sent"
                    + " again, and counts once."
        },
        footer = {"", "Examples:", "  tally hit shop/sold --delta 3", "  tally hit shop/sold --id order-17 --wait 2s"})
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class HitCommand implements Callable<Integer> {

    /** The status of an answer with a total. The status without a total is 202. */
    private static final int COUNTED = 200;

    private static final String RECEIPT = "receipt";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NS/COUNTER", description = "The counter's name, not percent-encoded.")
    private CounterName counter;

    @Option(
            names = "--delta",
            paramLabel = "N",
            description = "The number to add, 64 bits, may be negative. Default: 1.")
    private long delta = 1;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The id of the hit: repeated with the same id it counts once. Printable ASCII.")
    private @Nullable String id;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description =
                    "Wait at most this long, as 500ms or 2s, until it is counted, and print the total instead of the receipt.")
    private @Nullable String wait;

    @Option(names = "--json", description = "Print the body of the response.")
    private boolean json;

    /** For picocli. */
    HitCommand() {}

    /** The command without options. */
    HitCommand(CounterName counter) {
        this.counter = counter;
    }

    @Override
    public Integer call() throws InterruptedException {
        return hit(spec.commandLine().getOut());
    }

    Integer hit(PrintWriter out) throws InterruptedException {
        return hit(new TallyClient(ClientSettings.read().writeUrl()), out);
    }

    Integer hit(TallyClient tally, PrintWriter out) throws InterruptedException {
        TallyClient.Answer answer = tally.post(counter, body(), wait);
        boolean counted = answer.status() == COUNTED;
        if (json) {
            out.println(answer.body().strip());
        } else if (wait == null) {
            out.println(answer.field(RECEIPT));
        } else if (counted) {
            out.println(answer.field("total"));
        }
        if (wait != null && !counted) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "The event is recorded with the receipt " + answer.field(RECEIPT) + ", but was not counted within "
                            + wait);
        }
        return ExitCode.OK;
    }

    private String body() {
        JsonWriter body = new JsonWriter().beginObject().name("delta").value(delta);
        if (id != null) {
            body.name("id").value(id);
        }
        return new String(body.endObject().toBytes(), UTF_8);
    }
}
