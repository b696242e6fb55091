package dev.tally.ingest.http;

import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.JsonWriter;
import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import io.undertow.util.HttpString;
import java.util.List;

/** How the outcome of an append is told to the client. Any thread. */
final class Answers {
    private static final int ACCEPTED = 202;
    private static final HttpString TALLY_RECEIPT = HttpString.tryFromString("Tally-Receipt");
    private static final int BYTES_BESIDES_NAME = 128;

    private Answers() {}

    static Response hit(CounterName name, long delta, boolean asString, Appended appended) {
        String receipt = receipt(appended.receipts());
        JsonWriter json = new JsonWriter(BYTES_BESIDES_NAME + name.key().length)
                .beginObject()
                .name("namespace")
                .value(name.namespace())
                .name("counter")
                .value(name.counter())
                .name("delta");
        (asString ? json.valueAsString(delta) : json.value(delta))
                .name("receipt")
                .value(receipt)
                .endObject();
        return Response.json(ACCEPTED, json).header(TALLY_RECEIPT, receipt);
    }

    static Response batch(int events, Appended appended) {
        String receipt = receipt(appended.receipts());
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("accepted")
                .value(events)
                .name("receipt")
                .value(receipt)
                .endObject();
        return Response.json(ACCEPTED, json).header(TALLY_RECEIPT, receipt);
    }

    static void failure(Request request, NotAppended why) {
        switch (why) {
            case OVERLOADED ->
                request.problem(ErrorCode.OVERLOADED, "Too many events are on their way; nothing was recorded");
            case UNAVAILABLE ->
                request.problem(ErrorCode.KAFKA_UNAVAILABLE, "Kafka cannot be reached; nothing was recorded");
            case UNCONFIRMED ->
                request.problem(
                        ErrorCode.UNCONFIRMED,
                        "Kafka did not confirm: what was sent may be recorded, a batch perhaps in part");
            case SHUTTING_DOWN ->
                request.problem(ErrorCode.SHUTTING_DOWN, "This process is shutting down; nothing was recorded");
        }
    }

    private static String receipt(List<Receipt> receipts) {
        if (receipts.size() == 1) {
            return receipts.get(0).toString();
        }
        StringBuilder joined = new StringBuilder(receipts.size() * 12);
        for (Receipt receipt : receipts) {
            if (joined.length() > 0) {
                joined.append(',');
            }
            joined.append(receipt.partition()).append('-').append(receipt.offset());
        }
        return joined.toString();
    }
}
