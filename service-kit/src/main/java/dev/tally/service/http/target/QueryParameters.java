package dev.tally.service.http.target;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a request: names and values percent-decoded strictly, each name once. */
public final class QueryParameters {
    private static final QueryParameters NONE = new QueryParameters(Map.of());

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** @throws ProblemException {@code invalid_parameter} for a bad escape or a name given twice */
    public static QueryParameters parse(String query) {
        if (query.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new LinkedHashMap<>();
        int start = 0;
        while (start <= query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            if (end > start) {
                add(query, start, end, values);
            }
            start = end + 1;
        }
        return new QueryParameters(values);
    }

    private static void add(String query, int start, int end, Map<String, String> values) {
        int equals = query.indexOf('=', start);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        String name = RawText.decode(query, start, nameEnd);
        String value = nameEnd == end ? "" : RawText.decode(query, nameEnd + 1, end);
        if (name == null || value == null) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_PARAMETER,
                    "query: " + Shown.text(query.substring(start, end)) + " (expected: the percent-encoding of UTF-8)");
        }
        if (values.putIfAbsent(name, value) != null) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_PARAMETER, Shown.raw(name) + ": given twice (expected: at most once)");
        }
    }

    /**
     * Rejects every parameter other than these.
     *
     * @throws ProblemException {@code invalid_parameter}
     */
    public QueryParameters only(String... known) {
        for (String name : values.keySet()) {
            if (!isOneOf(name, known)) {
                throw new ProblemException(
                        HttpErrorCode.INVALID_PARAMETER,
                        Shown.raw(name) + ": unknown parameter (expected: "
                                + (known.length == 0 ? "no parameters" : String.join(", ", known)) + ")");
            }
        }
        return this;
    }

    /**
     * Rejects parameters that the API has but does not implement yet. Called before {@link #only}.
     *
     * @throws ProblemException {@code not_supported}
     */
    public QueryParameters notSupported(String... names) {
        for (String name : values.keySet()) {
            if (isOneOf(name, names)) {
                throw new ProblemException(HttpErrorCode.NOT_SUPPORTED, name + ": not supported yet");
            }
        }
        return this;
    }

    /** The value of a parameter; {@code ""} if it has none, null if there is no such parameter. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * Whether {@code numbers=string} asks for 64-bit numbers as strings, for clients that round them.
     *
     * @throws ProblemException {@code invalid_parameter} for any other value
     */
    public boolean numbersAsStrings() {
        String numbers = values.get("numbers");
        if (numbers != null && !numbers.equals("string")) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_PARAMETER, "numbers: " + Shown.text(numbers) + " (expected: string)");
        }
        return numbers != null;
    }

    private static boolean isOneOf(String name, String[] names) {
        for (String each : names) {
            if (each.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
