package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.bytes;
import static dev.tally.system.bad.BadRequest.times;
import static dev.tally.system.bad.BadRequest.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bodies of a single hit that are refused. */
final class BadBodies {
    private static final String WHOLE = "(expected: a whole number from -9223372036854775808 to 9223372036854775807)";

    private BadBodies() {}

    static List<BadRequest> values() {
        return List.of(
                body("a fraction", "{\"delta\":1.5}", "invalid_value", "delta: 1.5 " + WHOLE),
                body("a fraction that is whole", "{\"delta\":1.0}", "invalid_value", "delta: 1.0 " + WHOLE),
                body("an exponent", "{\"delta\":1e3}", "invalid_value", "delta: 1e3 " + WHOLE),
                body("a number as text", "{\"delta\":\"1\"}", "invalid_value", "delta: \"1\" " + WHOLE),
                body("null as delta", "{\"delta\":null}", "invalid_value", "delta: null " + WHOLE),
                body("true as delta", "{\"delta\":true}", "invalid_value", "delta: true " + WHOLE),
                body("a list as delta", "{\"delta\":[1]}", "invalid_value", WHOLE),
                body("an object as delta", "{\"delta\":{}}", "invalid_value", WHOLE),
                body("2^63", "{\"delta\":9223372036854775808}", "invalid_value", "delta: 9223372036854775808 " + WHOLE),
                body("-2^63-1", "{\"delta\":-9223372036854775809}", "invalid_value", "-9223372036854775809 " + WHOLE),
                body("a number of 500 digits", "{\"delta\":" + times("9", 500) + "}", "invalid_value", WHOLE),
                body("an empty source", "{\"source\":\"\"}", "invalid_value", "source: \"\" (expected: "),
                body(
                        "a source of 101 bytes",
                        "{\"source\":\"" + times("s", 101) + "\"}",
                        "invalid_value",
                        "(expected: "),
                body("a number as source", "{\"source\":5}", "invalid_value", "source: 5 (expected: "),
                body("half a character as source", "{\"source\":\"\\ud800\"}", "invalid_value", "source: "),
                body(
                        "a day in words",
                        "{\"occurredAt\":\"yesterday\"}",
                        "invalid_value",
                        "occurredAt: \"yesterday\" (expected: "),
                body("a day that is not", "{\"occurredAt\":\"2026-02-30T00:00:00Z\"}", "invalid_value", "2026-02-30"),
                body(
                        "a time without an offset",
                        "{\"occurredAt\":\"2026-11-24T12:00:00\"}",
                        "invalid_value",
                        "(expected: "),
                body(
                        "a number as time",
                        "{\"occurredAt\":1764000000}",
                        "invalid_value",
                        "occurredAt: 1764000000 (expected: "),
                body("31 days ago", occurredAt(Duration.ofDays(-31)), "invalid_value", "(expected: "),
                body("in 11 minutes", occurredAt(Duration.ofMinutes(11)), "invalid_value", "(expected: "),
                body("an empty id", "{\"id\":\"\"}", "invalid_value", "id: \"\" (expected: "),
                body("an id of 129 characters", "{\"id\":\"" + times("i", 129) + "\"}", "invalid_value", "id: "),
                body("an id with a tab", "{\"id\":\"a\\tb\"}", "invalid_value", "id: "),
                body("an id with an umlaut", "{\"id\":\"\u00e4\"}", "invalid_value", "id: "),
                body("a number as id", "{\"id\":7}", "invalid_value", "id: 7 (expected: "));
    }

    static List<BadRequest> shapes() {
        return List.of(
                body("a field that nobody knows", "{\"dleta\":1}", "unknown_field", "dleta: unknown field (expected: "),
                body(
                        "a field of a batch",
                        "{\"counter\":\"c\"}",
                        "unknown_field",
                        "counter: unknown field (expected: "),
                body("a field twice", "{\"delta\":1,\"delta\":1}", "invalid_json", "delta"),
                body("text after the end", "{\"delta\":1} x", "invalid_json", "body: "),
                body("two objects", "{\"delta\":1}{\"delta\":1}", "invalid_json", "body: "),
                body("an object without an end", "{\"delta\":1", "invalid_json", "body: "),
                body("only a brace", "{", "invalid_json", "body: "),
                body("a leading zero", "{\"delta\":01}", "invalid_json", "body: "),
                body("a plus sign", "{\"delta\":+1}", "invalid_json", "body: "),
                body("not a number", "{\"delta\":NaN}", "invalid_json", "body: "),
                body("single quotes", "{'delta':1}", "invalid_json", "body: "),
                body("a name without quotes", "{delta:1}", "invalid_json", "body: "),
                body("a trailing comma", "{\"delta\":1,}", "invalid_json", "body: "),
                body("a comment", "{/* one */\"delta\":1}", "invalid_json", "body: "),
                body("an end of line in a string", "{\"source\":\"a\nb\"}", "invalid_json", "body: "),
                body("only a space", " ", "invalid_json", "body: "),
                body("a list instead of an object", "[]", "invalid_json", "(expected: "),
                body("a number instead of an object", "1", "invalid_json", "(expected: "),
                body("10,000 lists", times("[", 10_000), "invalid_json", "body: "),
                body("a form", "delta=1", "invalid_json", "body: "));
    }

    static List<BadRequest> encodingsAndSizes() {
        return List.of(
                post("broken UTF-8")
                        .body(latin1("{\"source\":\"\u00ff\u00fe\"}"))
                        .is(400, "invalid_json", "UTF-8"),
                post("an overlong character")
                        .body(latin1("{\"source\":\"\u00c0\u00af\"}"))
                        .is(400, "invalid_json", "UTF-8"),
                post("Latin-1").body(latin1("{\"source\":\"\u00e4\"}")).is(400, "invalid_json", "UTF-8"),
                post("UTF-16").body("{\"delta\":1}".getBytes(UTF_16)).is(400, "invalid_json", "body: "),
                post("a byte order mark").body("\ufeff{\"delta\":1}").is(400, "invalid_json", "body: "),
                post("zeros").body(new byte[64]).is(400, "invalid_json", "body: "),
                post("a body of 16 KiB and 1")
                        .body(" ".repeat(16_385))
                        .is(413, "too_large", "16385 bytes (expected: at most 16384)"),
                bytes(
                        "a body announced as 10 GB",
                        "POST /v1/counters/bad/c HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n",
                        413,
                        "too_large",
                        "10000000000 bytes (expected: at most 16384)"),
                post("XML")
                        .header("Content-Type: application/xml")
                        .body("<delta/>")
                        .is(415, "unsupported_media_type", "application/xml (expected: "),
                post("a multipart form")
                        .header("Content-Type: multipart/form-data; boundary=x")
                        .body("--x--")
                        .is(415, "unsupported_media_type", "(expected: "),
                post("another charset")
                        .header("Content-Type: application/json; charset=latin1")
                        .body("{}")
                        .is(415, "unsupported_media_type", "charset"),
                post("a compressed body")
                        .header("Content-Encoding: gzip")
                        .body(latin1("\u001f\u008b\b\0"))
                        .is(415, "unsupported_media_type", "gzip (expected: "));
    }

    private static BadRequest body(String name, String body, String code, String detail) {
        return post(name).header("Content-Type: application/json").body(body).is(400, code, detail);
    }

    private static BadRequest.Draft post(String name) {
        return write(name, "POST", "/v1/counters/bad/c");
    }

    private static String occurredAt(Duration fromNow) {
        return "{\"occurredAt\":\"" + Instant.now().plus(fromNow) + "\"}";
    }

    private static byte[] latin1(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
