package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.http.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What is said of one counter, as fields of an object. */
final class CounterJson {
    /** Room for the fields of a counter; the name comes on top. */
    static final int FIELDS_BYTES = 320;

    private CounterJson() {}

    static void writeName(CounterName counter, JsonWriter json) {
        json.name("namespace").value(counter.namespace());
        json.name("counter").value(counter.counter());
    }

    /** Writes {@code total}, {@code updatedAt} and {@code asOf}, of which {@code receipt} is the text. */
    static void writeTotal(
            ReadResult.Found found, boolean numbersAsStrings, @Nullable String receipt, JsonWriter json) {
        writeTotal(found.total(), numbersAsStrings, json);
        json.name("updatedAt").value(found.updatedAt());
        AsOfJson.write(found.asOf(), receipt, json);
    }

    static void writeTotal(long total, boolean numbersAsStrings, JsonWriter json) {
        json.name("total");
        if (numbersAsStrings) {
            json.valueAsString(total);
        } else {
            json.value(total);
        }
    }

    /** Why there is no answer, for a result that is none: one phrase. */
    static String why(ReadResult result) {
        if (result instanceof ReadResult.NotReady notReady) {
            return notReady.reason();
        } else if (result instanceof ReadResult.NotReached notReached) {
            return notReached.detail();
        }
        return "the counter's partition is being handed over"; // elsewhere, and nobody here to follow it
    }
}
