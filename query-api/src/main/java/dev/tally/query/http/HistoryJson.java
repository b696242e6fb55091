package dev.tally.query.http;

import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Step;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;
import java.math.BigInteger;
import java.util.List;

/** Writes a history as the response of its endpoint, with every bucket of the range. */
final class HistoryJson {
    /** Buffer size for one bucket with a small delta. */
    private static final int BUCKET_BYTES = 56;

    private HistoryJson() {}

    /** @throws dev.tally.service.http.problem.ProblemException if the buckets of the range are not retained */
    static Response response(HistoryParameters parameters, ReadResult.Found<History> found, boolean numbersAsStrings) {
        History history = found.value();
        HistoryRange range = parameters.range();
        Step step = range.step();
        long first = parameters.first(history.earliest());
        String receipt = AsOfJson.receipt(found.asOf());
        JsonWriter json = new JsonWriter(CounterJson.FIELDS_BYTES + BUCKET_BYTES * parameters.buckets()).beginObject();
        json.name("step").value(step.word());
        json.name("from").value(step.start(first));
        json.name("to").value(step.start(range.to()));
        json.name("buckets").beginArray();
        List<History.Bucket> buckets = history.buckets();
        int next = 0;
        for (long number = first; number < range.to(); number++) {
            BigInteger delta = BigInteger.ZERO;
            if (next < buckets.size() && buckets.get(next).number() == number) {
                delta = buckets.get(next++).delta();
            }
            write(step, number, delta, numbersAsStrings, json);
        }
        if (next != buckets.size()) {
            throw new IllegalStateException("a bucket outside the requested range: " + buckets.get(next));
        }
        AsOfJson.write(found.asOf(), receipt, json.endArray());
        return TallyReceipt.put(Response.json(200, json.endObject()).noStore(), receipt);
    }

    private static void write(Step step, long number, BigInteger delta, boolean numbersAsStrings, JsonWriter json) {
        json.beginObject();
        json.name("start").value(step.start(number));
        json.name("delta");
        if (numbersAsStrings) {
            json.valueAsString(delta);
        } else {
            json.value(delta);
        }
        json.endObject();
    }
}
