package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;

/** Writes an explanation as the response of its endpoint. */
final class ExplanationJson {
    /** Buffer size for everything except the names. */
    private static final int FIELDS_BYTES = 1_024;

    private ExplanationJson() {}

    static Response response(CounterName counter, ReadResult.Found<Explanation> found, boolean numbersAsStrings) {
        Explanation explanation = found.value();
        String receipt = AsOfJson.receipt(found.asOf());
        JsonWriter json = new JsonWriter(FIELDS_BYTES + 2 * counter.key().length).beginObject();
        CounterJson.writeName(counter, json);
        CounterJson.writeTotal(explanation.total(), numbersAsStrings, json);
        json.name("events").value(explanation.events());
        json.name("duplicates").value(explanation.duplicates());
        json.name("adds").value(explanation.adds());
        json.name("sets").value(explanation.sets());
        json.name("deletes").value(explanation.deletes());
        write("first", explanation.first(), json);
        write("last", explanation.last(), json);
        json.name("partition").value(explanation.first().receipt().partition());
        json.name("owner").value(explanation.owner());
        json.name("command").value("scripts/tally events " + ShellWord.of(counter.toString()));
        AsOfJson.write(found.asOf(), receipt, json);
        return TallyReceipt.put(Response.json(200, json.endObject()).noStore(), receipt);
    }

    private static void write(String name, Explanation.Point point, JsonWriter json) {
        json.name(name).beginObject();
        json.name("receipt").value(point.receipt().toString());
        json.name("time").value(point.time());
        json.endObject();
    }
}
