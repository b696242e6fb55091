package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.service.http.json.JsonReader;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import java.util.ArrayList;
import java.util.List;

/** Parses the body of a lookup: {@code {"counters":["ns/name",…]}}. */
final class LookupBody {
    static final int BYTES_MAX = 512 << 10;
    static final int COUNTERS_MAX = 1_000;

    private static final String FIELD = "counters";
    private static final String EXPECTED = "an array of 1 to " + COUNTERS_MAX + " names such as \"ns/name\"";

    private LookupBody() {}

    /**
     * The counters in the order of the body. A counter that is named twice occurs twice.
     *
     * @throws ProblemException {@code invalid_json}, {@code unknown_field}, {@code invalid_value}, {@code invalid_name}
     */
    static List<CounterName> parse(byte[] body) {
        List<CounterName> counters = new ArrayList<>();
        try (JsonReader json = JsonReader.open(body)) {
            json.beginObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (!field.equals(FIELD)) {
                    throw json.unknownField(FIELD);
                }
                json.strings(EXPECTED, name -> add(name, counters));
            }
            json.end();
        }
        if (counters.isEmpty()) {
            throw invalidValue("none");
        }
        return counters;
    }

    private static void add(String name, List<CounterName> counters) {
        if (counters.size() == COUNTERS_MAX) {
            throw invalidValue("more than " + COUNTERS_MAX);
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw invalidName(counters.size(), Shown.text(name) + " (expected: a namespace, a slash, a counter)");
        }
        try {
            counters.add(CounterName.of(name.substring(0, slash), name.substring(slash + 1)));
        } catch (InvalidNameException e) {
            throw invalidName(counters.size(), String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException invalidName(int index, String detail) {
        String place = FIELD + "[" + index + "]";
        return new ProblemException(HttpErrorCode.INVALID_NAME, place, place + ": " + detail);
    }

    private static ProblemException invalidValue(String given) {
        return new ProblemException(
                HttpErrorCode.INVALID_VALUE, FIELD, FIELD + ": " + given + " (expected: " + EXPECTED + ")");
    }
}
