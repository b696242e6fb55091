package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.times;
import static dev.tally.system.bad.BadRequest.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/** Batches that are refused as a whole. */
final class BadBatches {
    private static final String GOOD = "{\"namespace\":\"bad\",\"counter\":\"c\"}";

    private BadBatches() {}

    static List<BadRequest> all() {
        return List.of(
                batch("no body", "", "invalid_value", "(expected: 1 to 10000"),
                batch("only blank lines", "\n \n\r\n", "invalid_value", "(expected: 1 to 10000"),
                batch("an empty array", "[]", "invalid_value", "(expected: 1 to 10000"),
                line("a line that is no JSON", "nonsense", 2, "invalid_json"),
                line("a line cut off", "{\"namespace\":\"bad\",\"counter\":", 2, "invalid_json"),
                line("two objects in a line", GOOD + GOOD, 2, "invalid_json"),
                line("a number as a line", "5", 2, "invalid_json"),
                line("no namespace", "{\"counter\":\"c\"}", 2, "invalid_name"),
                line("no counter", "{\"namespace\":\"bad\"}", 2, "invalid_name"),
                line("a bad namespace", "{\"namespace\":\"BAD\",\"counter\":\"c\"}", 2, "invalid_name"),
                line("a number as counter", "{\"namespace\":\"bad\",\"counter\":7}", 2, "invalid_name"),
                line("a bad delta", "{\"namespace\":\"bad\",\"counter\":\"c\",\"delta\":0.5}", 2, "invalid_value"),
                line("an unknown field", "{\"namespace\":\"bad\",\"counter\":\"c\",\"n\":1}", 2, "unknown_field"),
                line("a bad id in a line", "{\"namespace\":\"bad\",\"counter\":\"c\",\"id\":\"\"}", 2, "invalid_value"),
                line(
                        "a number as id in a line",
                        "{\"namespace\":\"bad\",\"counter\":\"c\",\"id\":1}",
                        2,
                        "invalid_value"),
                post("broken UTF-8 in a line")
                        .body((GOOD + "\n{\"source\":\"\u00ff\"}\n").getBytes(ISO_8859_1))
                        .is(400, "invalid_json", "\"line\":2"),
                batch("a bad element", "[" + GOOD + ",{}]", "invalid_name", "\"line\":2"),
                batch("an array cut off", "[" + GOOD, "invalid_json", ""),
                batch("an array with a comma too many", "[" + GOOD + ",]", "invalid_json", ""),
                batch("text after an array", "[" + GOOD + "]x", "invalid_json", "'x'"),
                batch("an array in an array", "[[" + GOOD + "]]", "invalid_json", "\"line\":1"),
                post("10,001 events")
                        .body(times(GOOD + "\n", 10_001))
                        .is(413, "too_large", "more than 10000 (expected: at most 10000)"),
                post("more than 4 MiB")
                        .body(times(" ", (4 << 20) + 1))
                        .is(413, "too_large", "4194305 bytes (expected: at most 4194304)"));
    }

    private static BadRequest batch(String name, String body, String code, String detail) {
        return post(name).body(body).is(400, code, detail);
    }

    /** A bad line between valid lines. */
    private static BadRequest line(String name, String line, int number, String code) {
        return post(name).body(GOOD + "\n" + line + "\n" + GOOD + "\n").is(400, code, "\"line\":" + number);
    }

    private static BadRequest.Draft post(String name) {
        return write("in a batch: " + name, "POST", "/v1/events").header("Content-Type: application/x-ndjson");
    }
}
