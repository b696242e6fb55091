package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.read;
import static dev.tally.system.bad.BadRequest.times;
import static dev.tally.system.bad.BadRequest.write;

import java.util.List;

/** Names, paths, methods and query parameters that are refused. */
final class BadTargets {
    private static final String NAMESPACE = "(expected: 1 to 64 characters of a-z, 0-9";
    private static final String COUNTER = "(expected: 1 to 200 bytes of UTF-8 without control characters";
    private static final String ESCAPES = "(expected: the percent-encoding of UTF-8)";

    private BadTargets() {}

    static List<BadRequest> names() {
        return List.of(
                write("a capital in a namespace", "POST", "/v1/counters/Bad/c")
                        .is(400, "invalid_name", "\"Bad\" " + NAMESPACE),
                write("a namespace that starts with a dash", "POST", "/v1/counters/-bad/c")
                        .is(400, "invalid_name", "\"-bad\" " + NAMESPACE),
                write("a namespace of 65 characters", "POST", "/v1/counters/" + times("a", 65) + "/c")
                        .is(400, "invalid_name", times("a", 65) + "\" " + NAMESPACE),
                write("an umlaut in a namespace", "POST", "/v1/counters/b%C3%A4d/c")
                        .is(400, "invalid_name", "\"bäd\" " + NAMESPACE),
                write("a counter of 201 bytes", "POST", "/v1/counters/bad/" + times("c", 201))
                        .is(400, "invalid_name", COUNTER),
                write(
                                "a counter of 201 bytes in 101 characters",
                                "POST",
                                "/v1/counters/bad/" + times("%C3%A4", 100) + "c")
                        .is(400, "invalid_name", COUNTER),
                write("a zero byte in a counter", "POST", "/v1/counters/bad/a%00b")
                        .is(400, "invalid_name", "\"a\\u0000b\" " + COUNTER),
                write("an escaped end of line in a counter", "POST", "/v1/counters/bad/a%0D%0AX:%20y")
                        .is(400, "invalid_name", "\"a\\u000d\\u000aX: y\" " + COUNTER),
                write("DEL in a counter", "POST", "/v1/counters/bad/%7F").is(400, "invalid_name", COUNTER),
                write("U+0085 in a counter", "POST", "/v1/counters/bad/%C2%85").is(400, "invalid_name", COUNTER),
                write("the counter .", "POST", "/v1/counters/bad/.").is(400, "invalid_name", "\".\" " + COUNTER),
                write("the counter .. escaped", "POST", "/v1/counters/bad/%2E%2E")
                        .is(400, "invalid_name", "\"..\" " + COUNTER),
                write("an escape that is not hexadecimal", "POST", "/v1/counters/bad/%zz")
                        .isNoRequest(),
                write("half an escape", "POST", "/v1/counters/bad/a%4").isNoRequest(),
                write("a lone percent sign", "POST", "/v1/counters/bad/100%").isNoRequest(),
                write("a bad escape in the namespace", "POST", "/v1/counters/%g0/c")
                        .isNoRequest(),
                write("escapes of broken UTF-8", "POST", "/v1/counters/bad/%C3%28")
                        .is(400, "invalid_name", ESCAPES),
                write("an overlong slash", "POST", "/v1/counters/bad/%C0%AF").is(400, "invalid_name", ESCAPES),
                write("an escaped surrogate", "POST", "/v1/counters/bad/%ED%A0%80")
                        .is(400, "invalid_name", ESCAPES),
                read("a read of a bad name", "GET", "/v1/counters/Bad/c")
                        .is(400, "invalid_name", "\"Bad\" " + NAMESPACE),
                read("a read of a bad escape", "GET", "/v1/counters/bad/%zz").isNoRequest());
    }

    static List<BadRequest> pathsAndMethods() {
        return List.of(
                write("an empty counter", "POST", "/v1/counters/bad/").is(404, "not_found", "/v1/counters/bad/"),
                write("an empty namespace", "POST", "/v1/counters//c").is(404, "not_found", "/v1/counters//c"),
                write("a trailing slash", "POST", "/v1/counters/bad/c/").is(404, "not_found", "/v1/counters/bad/c/"),
                write("a slash in a counter", "POST", "/v1/counters/bad/c/d")
                        .is(404, "not_found", "/v1/counters/bad/c/d"),
                write("another version", "POST", "/v2/counters/bad/c").is(404, "not_found", "/v2/counters/bad/c"),
                write("a path in capitals", "POST", "/V1/counters/bad/c").is(404, "not_found", "/V1/counters/bad/c"),
                write("a path that climbs", "POST", "/v1/../v1/counters/bad/c").is(404, "not_found", ""),
                write("a doubled slash in front", "POST", "//v1/counters/bad/c").is(404, "not_found", ""),
                read("a list, which is not built", "GET", "/v1/counters/bad").is(404, "not_found", "/v1/counters/bad"),
                read("a history, which is not built", "GET", "/v1/counters/bad/c/history?step=day")
                        .is(404, "not_found", ""),
                write("a lookup, which is not built", "POST", "/v1/counters:lookup")
                        .body("{}")
                        .is(404, "not_found", ""),
                write("a PUT, which is not built", "PUT", "/v1/counters/bad/c")
                        .body("{\"total\":1}")
                        .is(405, "method_not_allowed", "PUT (expected: "),
                write("a DELETE, which is not built", "DELETE", "/v1/counters/bad/c")
                        .is(405, "method_not_allowed", "DELETE (expected: "),
                write("a method that nobody knows", "BREW", "/v1/counters/bad/c")
                        .is(405, "method_not_allowed", "BREW (expected: "),
                write("a method in small letters", "post", "/v1/counters/bad/c")
                        .is(405, "method_not_allowed", "post (expected: "),
                write("GET on events", "GET", "/v1/events").is(405, "method_not_allowed", "GET (expected: POST)"));
    }

    static List<BadRequest> parameters() {
        return List.of(
                write("a parameter that nobody knows", "POST", "/v1/counters/bad/c?deltas=1")
                        .is(400, "invalid_parameter", "deltas: unknown parameter (expected: "),
                write("wait, which is not built", "POST", "/v1/counters/bad/c?wait=2s")
                        .is(400, "not_supported", "wait"),
                write("a parameter on a batch", "POST", "/v1/events?x=y")
                        .body("[]")
                        .is(400, "invalid_parameter", "x: unknown parameter"),
                write("a bad escape in a parameter", "POST", "/v1/counters/bad/c?x=%zz")
                        .isNoRequest(),
                read("a read with an unknown parameter", "GET", "/v1/counters/bad/c?x=1")
                        .is(400, "invalid_parameter", "x: unknown parameter (expected: "),
                read("after, which is not built", "GET", "/v1/counters/bad/c?after=0-1")
                        .is(400, "not_supported", "after"),
                read("maxLagRecords, which is not built", "GET", "/v1/counters/bad/c?maxLagRecords=5")
                        .is(400, "not_supported", "maxLagRecords"),
                read("committed, which is not built", "GET", "/v1/counters/bad/c?committed=true")
                        .is(400, "not_supported", "committed"),
                read("numbers as nobody writes them", "GET", "/v1/counters/bad/c?numbers=roman")
                        .is(400, "invalid_parameter", "roman"),
                read("numbers twice", "GET", "/v1/counters/bad/c?numbers=string&numbers=string")
                        .is(400, "invalid_parameter", "numbers: given twice"),
                write("an Idempotency-Key, which is not built", "POST", "/v1/counters/bad/c")
                        .header("Idempotency-Key: k")
                        .is(400, "not_supported", "Idempotency-Key"),
                write("an Idempotency-Key on a batch", "POST", "/v1/events")
                        .header("Idempotency-Key: k")
                        .body("{\"namespace\":\"bad\",\"counter\":\"c\"}")
                        .is(400, "not_supported", "Idempotency-Key"));
    }
}
