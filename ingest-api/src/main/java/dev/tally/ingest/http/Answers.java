package dev.tally.ingest.http;

import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.service.http.Request;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.response.Response;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/** Creates the responses that report the outcome of events. Safe for use by any thread. */
final class Answers {
    private static final int COUNTED = 200;
    private static final int ACCEPTED = 202;
    private static final HttpString TALLY_RECEIPT = HttpString.tryFromString("Tally-Receipt");
    private static final int BYTES_BESIDES_NAME = 128;
    private static final int BYTES_OF_TOTAL = 256;

    private Answers() {}

    /** The event is in the log. Its outcome is not known. */
    static Response accepted(Event event, boolean asStrings, Receipt place) {
        String receipt = place.toString();
        JsonWriter json = begin(BYTES_BESIDES_NAME, event, asStrings, receipt).endObject();
        return Response.json(ACCEPTED, json).header(TALLY_RECEIPT, receipt);
    }

    /**
     * The event is in the log and is counted in the total.
     *
     * @param total as of {@code asOf}; null if the counter was unknown then
     * @param duplicate whether the event was dropped because its ID had been applied before
     */
    static Response counted(
            Event event, boolean asStrings, Receipt place, @Nullable Long total, boolean duplicate, AsOf asOf) {
        String receipt = place.toString();
        JsonWriter json = begin(BYTES_BESIDES_NAME + BYTES_OF_TOTAL, event, asStrings, receipt);
        if (total != null) {
            number(json.name("total"), total, asStrings);
        }
        json.name("duplicate").value(duplicate);
        AsOfJson.write(asOf, json);
        return Response.json(COUNTED, json.endObject())
                .header(TALLY_RECEIPT, receipt)
                .noStore();
    }

    private static JsonWriter begin(int bytesBesidesName, Event event, boolean asStrings, String receipt) {
        CounterName name = event.counter();
        JsonWriter json = new JsonWriter(bytesBesidesName + name.key().length)
                .beginObject()
                .name("namespace")
                .value(name.namespace())
                .name("counter")
                .value(name.counter());
        if (event instanceof Hit hit) {
            number(json.name("delta"), hit.delta(), asStrings);
        }
        return json.name("receipt").value(receipt);
    }

    private static void number(JsonWriter json, long number, boolean asString) {
        if (asString) {
            json.valueAsString(number);
        } else {
            json.value(number);
        }
    }

    static Response batch(int events, Appended appended) {
        String receipt = Receipts.text(appended.receipts());
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("accepted")
                .value(events)
                .name("receipt")
                .value(receipt)
                .endObject();
        Response response = Response.json(ACCEPTED, json);
        return receipt.length() <= Receipts.HEADER_CHARS_MAX ? response.header(TALLY_RECEIPT, receipt) : response;
    }

    static void failure(Request request, NotAppended why) {
        switch (why) {
            case OVERLOADED ->
                request.problem(HttpErrorCode.OVERLOADED, "Too many events are in flight; nothing was recorded");
            case UNAVAILABLE ->
                request.problem(IngestErrorCode.KAFKA_UNAVAILABLE, "Kafka cannot be reached; nothing was recorded");
            case UNCONFIRMED ->
                request.problem(
                        IngestErrorCode.UNCONFIRMED,
                        "Kafka did not acknowledge in time: the event may be recorded, a batch also in part");
            case NOT_READY ->
                request.problem(
                        HttpErrorCode.NOT_READY,
                        "The schema id of events is not known yet: the schema registry did not answer; nothing was recorded");
            case SHUTTING_DOWN ->
                request.problem(HttpErrorCode.SHUTTING_DOWN, "This process is shutting down; nothing was recorded");
        }
    }
}
