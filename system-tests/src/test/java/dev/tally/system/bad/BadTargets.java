package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.read;
import static dev.tally.system.bad.BadRequest.times;
import static dev.tally.system.bad.BadRequest.write;

import java.util.List;

/** Names, paths, methods, query parameters and reads that are refused. */
final class BadTargets {
    private static final String NAMESPACE = "(expected: 1 to 64 characters of a-z, 0-9";
    private static final String COUNTER = "(expected: 1 to 200 bytes of UTF-8 without control characters";
    private static final String COUNTER_PATH = "/v1/counters/bad/c";
    private static final String ESCAPES = "(expected: the percent-encoding of UTF-8)";

    private static final String RECEIPT = "(expected: a receipt that Tally returned)";
    private static final String WAIT = "(expected: a duration such as 500ms or 2s, at most 30s)";
    private static final String READ = "/v1/counters/bad/c";
    private static final String LOOKUP = "/v1/counters:lookup";

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
                read("a live total, which is not built", "GET", "/v1/counters/bad/c/live")
                        .is(404, "not_found", ""),
                read("a badge, which is not built", "GET", "/v1/counters/bad/c/badge.svg")
                        .is(404, "not_found", ""),
                read("GET on a lookup", "GET", "/v1/counters:lookup")
                        .is(405, "method_not_allowed", "GET (expected: POST)"),
                read("a lookup with a slash", "POST", "/v1/counters:lookup/").is(404, "not_found", ""),
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
                write("a parameter on a batch", "POST", "/v1/events?x=y")
                        .body("[]")
                        .is(400, "invalid_parameter", "x: unknown parameter"),
                write("a bad escape in a parameter", "POST", "/v1/counters/bad/c?x=%zz")
                        .isNoRequest(),
                read("a read with an unknown parameter", "GET", "/v1/counters/bad/c?x=1")
                        .is(400, "invalid_parameter", "x: unknown parameter (expected: "),
                read("maxLagRecords, which is not built", "GET", "/v1/counters/bad/c?maxLagRecords=5")
                        .is(400, "not_supported", "maxLagRecords"),
                read("numbers as nobody writes them", "GET", "/v1/counters/bad/c?numbers=roman")
                        .is(400, "invalid_parameter", "roman"),
                read("numbers twice", "GET", "/v1/counters/bad/c?numbers=string&numbers=string")
                        .is(400, "invalid_parameter", "numbers: given twice"));
    }

    static List<BadRequest> receiptsAndWaits() {
        return List.of(
                after("nothing", "", "after: \"\" " + RECEIPT),
                after("half a receipt", "0", "after: \"0\" " + RECEIPT),
                after("no offset", "0-", "after: \"0-\" " + RECEIPT),
                after("no partition", "-1", "after: \"-1\" " + RECEIPT),
                after("a word", "latest", "after: \"latest\" " + RECEIPT),
                after("a leading zero", "00-1", "after: \"00-1\" " + RECEIPT),
                after("a plus sign", "+0-1", "after: \"+0-1\" " + RECEIPT),
                after("an offset of 2^63", "0-9223372036854775808", RECEIPT),
                after("a partition of 2^31", "2147483648-1", RECEIPT),
                after("a partition that there is not", "2147483647-1", ""),
                after("a comma at the end", "0-1,", RECEIPT),
                after("a partition twice", "0-1,0-2", RECEIPT),
                after("partitions in disorder", "1-1,0-1", RECEIPT),
                after("a space", "0-1%20", "after: \"0-1 \" " + RECEIPT),
                after("digits that are not ASCII", "%D9%A0-1", RECEIPT),
                after("more than 1 KiB", "0-1" + times("0", 1_022), RECEIPT),
                read("a receipt twice", "GET", READ + "?after=0-1&after=0-1")
                        .is(400, "invalid_parameter", "after: given twice"),
                read("a header that is no receipt", "GET", READ)
                        .header("Tally-Receipt: 0")
                        .is(400, "invalid_receipt", "Tally-Receipt: \"0\" " + RECEIPT),
                read("an empty header", "GET", READ)
                        .header("Tally-Receipt:")
                        .is(400, "invalid_receipt", "Tally-Receipt: \"\" " + RECEIPT),
                read("two headers", "GET", READ)
                        .header("Tally-Receipt: 0-1")
                        .header("Tally-Receipt: 0-1")
                        .is(400, "invalid_receipt", "Tally-Receipt: given twice"),
                read("a header and another parameter", "GET", READ + "?after=0-2")
                        .header("Tally-Receipt: 0-1")
                        .is(400, "invalid_receipt", "after: \"0-2\" (expected: the same as the header Tally-Receipt"),
                wait("nothing", "", "wait: \"\" " + WAIT),
                wait("no unit", "2", "wait: \"2\" " + WAIT),
                wait("no number", "s", "wait: \"s\" " + WAIT),
                wait("a negative wait", "-1s", "wait: \"-1s\" " + WAIT),
                wait("a fraction", "1.5s", "wait: \"1.5s\" " + WAIT),
                wait("a leading zero", "02s", "wait: \"02s\" " + WAIT),
                wait("a minute", "1m", "wait: \"1m\" " + WAIT),
                wait("a capital", "2S", "wait: \"2S\" " + WAIT),
                wait("31 seconds", "31s", "wait: \"31s\" " + WAIT),
                wait("30,001 milliseconds", "30001ms", "wait: \"30001ms\" " + WAIT),
                wait("more than 64 bits", "99999999999999999999s", WAIT),
                committed("nothing", "", "committed: \"\" (expected: true or false)"),
                committed("yes", "yes", "committed: \"yes\" (expected: true or false)"),
                committed("a capital", "True", "committed: \"True\" (expected: true or false)"));
    }

    static List<BadRequest> lookups() {
        return List.of(
                lookup("no body", "", "invalid_json", "body: nothing (expected: a JSON object)"),
                lookup("a list", "[\"bad/c\"]", "invalid_json", "(expected: a JSON object)"),
                lookup("no counters", "{}", "invalid_value", "counters: none (expected: an array of 1 to 1000 names"),
                lookup("an empty list", "{\"counters\":[]}", "invalid_value", "counters: none (expected: "),
                lookup(
                        "one name",
                        "{\"counters\":\"bad/c\"}",
                        "invalid_value",
                        "counters: \"bad/c\" (expected: an array"),
                lookup("null", "{\"counters\":null}", "invalid_value", "counters: null (expected: an array"),
                lookup("a number", "{\"counters\":[1]}", "invalid_value", "counters[0]: 1 (expected: a string)"),
                lookup("a list in it", "{\"counters\":[[]]}", "invalid_value", "counters[0]: […] (expected: a string)"),
                lookup(
                        "1,001 names",
                        "{\"counters\":[" + times("\"bad/c\",", 1_000) + "\"bad/c\"]}",
                        "invalid_value",
                        "counters: more than 1000 (expected: "),
                lookup("a field twice", "{\"counters\":[],\"counters\":[]}", "invalid_json", "counters: given twice"),
                lookup(
                        "another field",
                        "{\"names\":[\"bad/c\"]}",
                        "unknown_field",
                        "names: unknown field (expected: counters)"),
                lookup("text after the end", "{\"counters\":[\"bad/c\"]} x", "invalid_json", "body: "),
                lookup("a list without an end", "{\"counters\":[\"bad/c\"", "invalid_json", "body: "),
                lookup(
                        "no slash",
                        "{\"counters\":[\"bad/c\",\"bad\"]}",
                        "invalid_name",
                        "counters[1]: \"bad\" (expected: "),
                lookup(
                        "a bad namespace",
                        "{\"counters\":[\"Bad/c\"]}",
                        "invalid_name",
                        "counters[0]: namespace: \"Bad\" " + NAMESPACE),
                lookup(
                        "a bad counter",
                        "{\"counters\":[\"bad/..\"]}",
                        "invalid_name",
                        "counters[0]: counter: \"..\" " + COUNTER),
                read("a lookup of 513 KiB", "POST", LOOKUP)
                        .body(times(" ", 513 << 10))
                        .is(413, "too_large", "body: 525312 bytes (expected: at most 524288)"),
                read("a lookup after a receipt", "POST", LOOKUP + "?after=0-1")
                        .body("{\"counters\":[\"bad/c\"]}")
                        .is(400, "invalid_parameter", "after: unknown parameter (expected: numbers)"),
                read("a lookup with a receipt", "POST", LOOKUP)
                        .header("Tally-Receipt: 0-1")
                        .body("{\"counters\":[\"bad/c\"]}")
                        .is(400, "not_supported", "Tally-Receipt"),
                read("a lookup in XML", "POST", LOOKUP)
                        .header("Content-Type: application/xml")
                        .body("<counters/>")
                        .is(415, "unsupported_media_type", "Content-Type: application/xml (expected: "));
    }

    private static BadRequest after(String name, String receipt, String detail) {
        return read("after " + name, "GET", READ + "?after=" + receipt).is(400, "invalid_receipt", detail);
    }

    private static BadRequest wait(String name, String wait, String detail) {
        return read("a wait of " + name, "GET", READ + "?after=0-1&wait=" + wait)
                .is(400, "invalid_parameter", detail);
    }

    private static BadRequest committed(String name, String value, String detail) {
        return read("committed as " + name, "GET", READ + "?committed=" + value).is(400, "invalid_parameter", detail);
    }

    private static BadRequest lookup(String name, String body, String code, String detail) {
        return read("a lookup with " + name, "POST", LOOKUP).body(body).is(400, code, detail);
    }

    static List<BadRequest> idsAndWaits() {
        return List.of(
                write("an empty Idempotency-Key", "POST", COUNTER_PATH)
                        .header("Idempotency-Key:")
                        .is(400, "invalid_value", "Idempotency-Key: \"\" (expected: "),
                write("an Idempotency-Key of 129 characters", "POST", COUNTER_PATH)
                        .header("Idempotency-Key: " + times("k", 129))
                        .is(400, "invalid_value", "Idempotency-Key: "),
                write("an Idempotency-Key with an umlaut", "POST", COUNTER_PATH)
                        .header("Idempotency-Key: \u00e4")
                        .is(400, "invalid_value", "Idempotency-Key: "),
                write("two Idempotency-Keys", "POST", COUNTER_PATH)
                        .header("Idempotency-Key: a")
                        .header("Idempotency-Key: b")
                        .is(400, "invalid_value", "Idempotency-Key: given twice"),
                write("an id and another key", "POST", COUNTER_PATH)
                        .header("Idempotency-Key: a")
                        .body("{\"id\":\"b\"}")
                        .is(400, "invalid_value", "id: \"b\" (expected: the Idempotency-Key \"a\""),
                write("a wait without a unit", "POST", COUNTER_PATH + "?wait=2")
                        .is(400, "invalid_parameter", "wait: \"2\" (expected: a duration"),
                write("a wait of nothing", "POST", COUNTER_PATH + "?wait=0s")
                        .is(400, "invalid_parameter", "wait: \"0s\" (expected: "),
                write("a wait of 31 s", "POST", COUNTER_PATH + "?wait=31s")
                        .is(400, "invalid_parameter", "wait: \"31s\" (expected: "),
                write("a wait on a batch", "POST", "/v1/events?wait=2s")
                        .body("{\"namespace\":\"bad\",\"counter\":\"c\"}")
                        .is(400, "invalid_parameter", "wait: unknown parameter"),
                write("after on a write", "POST", COUNTER_PATH + "?after=0-1").is(400, "not_supported", "after"));
    }

    static List<BadRequest> corrections() {
        return List.of(
                write("a PUT without a body", "PUT", COUNTER_PATH)
                        .is(400, "invalid_value", "total: missing (expected: "),
                write("a PUT without a total", "PUT", COUNTER_PATH)
                        .body("{}")
                        .is(400, "invalid_value", "total: missing"),
                write("a PUT of a fraction", "PUT", COUNTER_PATH)
                        .body("{\"total\":1.5}")
                        .is(400, "invalid_value", "total: 1.5 (expected: a whole number"),
                write("a PUT of a number as text", "PUT", COUNTER_PATH)
                        .body("{\"total\":\"1\"}")
                        .is(400, "invalid_value", "total: \"1\" (expected: a whole number"),
                write("a PUT of a delta", "PUT", COUNTER_PATH)
                        .body("{\"delta\":1}")
                        .is(400, "unknown_field", "delta: unknown field (expected: "),
                write("a PUT of two totals", "PUT", COUNTER_PATH)
                        .body("{\"total\":1,\"total\":2}")
                        .is(400, "invalid_json", "total"),
                write("a PUT with a bad id", "PUT", COUNTER_PATH)
                        .body("{\"total\":1,\"id\":\"\"}")
                        .is(400, "invalid_value", "id: \"\" (expected: "),
                write("a PUT of a bad name", "PUT", "/v1/counters/BAD/c")
                        .body("{\"total\":1}")
                        .is(400, "invalid_name", NAMESPACE),
                write("a DELETE with a body", "DELETE", COUNTER_PATH)
                        .body("{}")
                        .is(400, "invalid_value", "body: 2 bytes (expected: none)"),
                write("a DELETE of a bad name", "DELETE", "/v1/counters/BAD/c").is(400, "invalid_name", NAMESPACE),
                write("a DELETE with a bad key", "DELETE", COUNTER_PATH)
                        .header("Idempotency-Key: \u00e4")
                        .is(400, "invalid_value", "Idempotency-Key: "));
    }
}
