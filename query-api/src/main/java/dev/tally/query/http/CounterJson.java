package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes one counter as fields of a JSON object. */
final class CounterJson {
    /** Buffer size for the fields of a counter, without its name. */
    static final int FIELDS_BYTES = 320;

    private CounterJson() {}

    static void writeName(CounterName counter, JsonWriter json) {
        json.name("namespace").value(counter.namespace());
        json.name("counter").value(counter.counter());
    }

    /**
     * Writes {@code total}, {@code updatedAt} and {@code asOf}. {@code receipt} is the text of the receipt in
     * {@code asOf}.
     */
    static void writeTotal(
            ReadResult.Found<Total> found, boolean numbersAsStrings, @Nullable String receipt, JsonWriter json) {
        writeTotal(found.value().total(), numbersAsStrings, json);
        json.name("updatedAt").value(found.value().updatedAt());
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

    /** Why there is no answer: one phrase. */
    static String why(ReadResult.Missing<?> missing) {
        if (missing instanceof ReadResult.NotReady<?> notReady) {
            return notReady.reason();
        } else if (missing instanceof ReadResult.NotReached<?> notReached) {
            return notReached.detail();
        }
        return "the counter's partition is moving to another instance"; // Elsewhere: this reader does not follow it
    }
}
