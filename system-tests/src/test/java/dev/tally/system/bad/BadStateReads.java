package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.read;
import static dev.tally.system.bad.BadRequest.times;

import java.util.List;

/** Histories, explanations and lists that are refused. */
final class BadStateReads {
    private static final String COUNTER = "/v1/counters/bad/c";
    private static final String HISTORY = COUNTER + "/history";
    private static final String EXPLAIN = COUNTER + "/explain";
    private static final String LIST = "/v1/counters/bad";

    private static final String TIME = "(expected: an RFC 3339 time such as 2026-11-24T12:00:00.000Z)";
    private static final String YEARS = "(expected: a time whose bucket lies in the years 0000 to 9999, UTC)";
    private static final String STEP = "(expected: minute, hour or day)";
    private static final String LIMIT = "(expected: a whole number from 1 to 1000)";
    private static final String PREFIX =
            "(expected: at most 200 bytes of UTF-8 without control characters, bidirectional ones among them)";
    private static final String CURSOR = "(expected: the value of next in an earlier answer, with the same prefix)";
    private static final String SORT = "(expected: -total)";
    private static final String NO_RECEIPT = "(expected: a receipt that Tally returned)";

    private BadStateReads() {}

    static List<BadRequest> histories() {
        return List.of(
                history("no step", "step=", "step: \"\" " + STEP),
                history("a week", "step=week", "step: \"week\" " + STEP),
                history("a step in capitals", "step=HOUR", "step: \"HOUR\" " + STEP),
                history("a step in seconds", "step=60", "step: \"60\" " + STEP),
                history("a step twice", "step=day&step=day", "step: given twice"),
                history("no from", "from=", "from: \"\" " + TIME),
                history("a day", "from=2026-11-24", "from: \"2026-11-24\" " + TIME),
                history("a time without an offset", "to=2026-11-24T12:00:00", "to: \"2026-11-24T12:00:00\" " + TIME),
                history("a time with a space", "to=2026-11-24%2012:00:00Z", "to: \"2026-11-24 12:00:00Z\" " + TIME),
                history("milliseconds", "from=1764000000000", "from: \"1764000000000\" " + TIME),
                history("a word", "to=now", "to: \"now\" " + TIME),
                history(
                        "the 29th of February of 2026",
                        "to=2026-02-29T00:00:00Z",
                        "to: \"2026-02-29T00:00:00Z\" " + TIME),
                history("the 25th hour", "to=2026-11-24T25:00:00Z", "to: \"2026-11-24T25:00:00Z\" " + TIME),
                history("an offset of a day", "to=2026-11-24T00:00:00+24:00", TIME),
                history("a year of five digits", "to=12026-11-24T00:00:00Z", TIME),
                history("a negative year", "from=-0001-11-24T00:00:00Z", TIME),
                history("a control character", "from=%00", "from: \"\\u0000\" " + TIME),
                history(
                        "an end before its start",
                        "from=2026-11-24T12:00:00Z&to=2026-11-24T11:00:00Z",
                        "from: \"2026-11-24T12:00:00Z\" (expected: before to, 2026-11-24T11:00:00.000Z)"),
                history(
                        "an end at its start",
                        "from=2026-11-24T12:00:00Z&to=2026-11-24T13:00:00%2B01:00",
                        "(expected: before to, 2026-11-24T12:00:00.000Z)"),
                history("a start long after now", "from=9998-01-01T00:00:00Z", "(expected: before to, "),
                history(
                        "10,001 minutes",
                        "step=minute&from=2026-01-01T00:00:00Z&to=2026-01-07T22:40:00.001Z",
                        "(expected: at most 10000 buckets of one minute before to, 2026-01-07T22:41:00.000Z)"),
                history(
                        "all time there is",
                        "step=day&from=0000-01-01T00:00:00Z&to=9999-12-31T00:00:00Z",
                        "(expected: at most 10000 buckets of one day before to, 9999-12-31T00:00:00.000Z)"),
                history("the last hour of 9999", "to=9999-12-31T23:00:01Z", "to: \"9999-12-31T23:00:01Z\" " + YEARS),
                history("what is year 10000 in UTC", "to=9999-12-31T23:59:59-23:59", YEARS),
                history("the year before 0", "from=0000-01-01T00:00:00+00:01&to=0000-01-02T00:00:00Z", YEARS),
                history("the first moment there is", "to=0000-01-01T00:00:00Z", YEARS),
                history("a parameter of lists", "limit=1", "limit: unknown parameter (expected: step, from, to, "),
                history("numbers in words", "numbers=words", "numbers: \"words\" (expected: string)"),
                history("a bad wait", "after=0-1&wait=1m", "wait: \"1m\" (expected: "),
                history("a bad committed", "committed=1", "committed: \"1\" (expected: true or false)"),
                read("a history after no receipt", "GET", HISTORY + "?after=0")
                        .is(400, "invalid_receipt", "after: \"0\" " + NO_RECEIPT),
                read("a history after a partition that there is not", "GET", HISTORY + "?after=2147483647-1")
                        .is(400, "invalid_receipt", ""),
                read("a history with a header that is no receipt", "GET", HISTORY)
                        .header("Tally-Receipt: x")
                        .is(400, "invalid_receipt", "Tally-Receipt: \"x\" " + NO_RECEIPT),
                read("a history with maxLagRecords", "GET", HISTORY + "?maxLagRecords=1")
                        .is(400, "not_supported", "maxLagRecords"),
                read("a history of a bad name", "GET", "/v1/counters/Bad/c/history")
                        .is(400, "invalid_name", "namespace: \"Bad\""),
                read("a history of an unknown counter", "GET", HISTORY)
                        .is(404, "unknown_counter", "bad/c: no such counter"));
    }

    static List<BadRequest> explanations() {
        return List.of(
                read("an explanation with a step", "GET", EXPLAIN + "?step=day")
                        .is(400, "invalid_parameter", "step: unknown parameter (expected: after, "),
                read("an explanation with numbers twice", "GET", EXPLAIN + "?numbers=string&numbers=string")
                        .is(400, "invalid_parameter", "numbers: given twice"),
                read("an explanation after no receipt", "GET", EXPLAIN + "?after=")
                        .is(400, "invalid_receipt", "after: \"\" " + NO_RECEIPT),
                read("an explanation of a bad name", "GET", "/v1/counters/bad/%2E/explain")
                        .is(400, "invalid_name", "counter: \".\""),
                read("an explanation of an unknown counter", "GET", EXPLAIN)
                        .is(404, "unknown_counter", "bad/c: no such counter"));
    }

    static List<BadRequest> lists() {
        return List.of(
                list("a limit of nothing", "limit=", "limit: \"\" " + LIMIT),
                list("a limit of 0", "limit=0", "limit: \"0\" " + LIMIT),
                list("a negative limit", "limit=-1", "limit: \"-1\" " + LIMIT),
                list("a limit of 1,001", "limit=1001", "limit: \"1001\" " + LIMIT),
                list("a limit with a leading zero", "limit=010", "limit: \"010\" " + LIMIT),
                list("a limit with a plus sign", "limit=+10", "limit: \"+10\" " + LIMIT),
                list("a limit of more than 64 bits", "limit=" + times("9", 30), LIMIT),
                list("a limit in other digits", "limit=%D9%A1", LIMIT),
                list("a limit twice", "limit=1&limit=1", "limit: given twice"),
                list("an empty cursor", "cursor=", "cursor: \"\" " + CURSOR),
                list("a cursor of its own", "cursor=a", "cursor: \"a\" " + CURSOR),
                list("a cursor with padding", "cursor=AWE%3D", "cursor: \"AWE=\" " + CURSOR),
                list("a cursor in base64 of another kind", "cursor=AS8v+w", CURSOR),
                list("a cursor of another version", "cursor=AmE", "cursor: \"AmE\" " + CURSOR),
                list("a cursor with bits left over", "cursor=AWF", "cursor: \"AWF\" " + CURSOR),
                list("a cursor of broken UTF-8", "cursor=Af8", "cursor: \"Af8\" " + CURSOR),
                list("a cursor of a control character", "cursor=AQA", "cursor: \"AQA\" " + CURSOR),
                list("a cursor of no name", "cursor=AQ", "cursor: \"AQ\" " + CURSOR),
                list("a cursor of the name ..", "cursor=AS4u", "cursor: \"AS4u\" " + CURSOR),
                list("a cursor that is too long", "cursor=AW" + times("FhYW", 100), CURSOR),
                list("a cursor of another prefix", "prefix=b&cursor=AWE", "cursor: \"AWE\" " + CURSOR),
                list("a control character in a prefix", "prefix=%0A", "prefix: \"\\u000a\" " + PREFIX),
                list("a prefix of 201 bytes", "prefix=" + times("p", 201), PREFIX),
                list("a prefix of 202 bytes in 101 characters", "prefix=" + times("%C3%A4", 101), PREFIX),
                list("a prefix of broken UTF-8", "prefix=%C3%28", "(expected: the percent-encoding of UTF-8)"),
                list("the smallest first", "sort=total", "sort: \"total\" " + SORT),
                list("an order by name", "sort=counter", "sort: \"counter\" " + SORT),
                list("no order", "sort=", "sort: \"\" " + SORT),
                list("a sorted list with a prefix", "sort=-total&prefix=a", "prefix: \"a\" (expected: none with sort)"),
                list(
                        "a sorted list with a cursor",
                        "sort=-total&cursor=AWE",
                        "cursor: \"AWE\" (expected: none with sort)"),
                list("a sorted list without a limit", "sort=-total&limit=0", "limit: \"0\" " + LIMIT),
                list("a parameter that nobody knows", "page=2", "page: unknown parameter (expected: prefix, limit, "),
                list("a step", "step=day", "step: unknown parameter"),
                list("numbers in words", "numbers=words", "numbers: \"words\" (expected: string)"),
                list("a bad wait", "after=0-1&wait=31s", "wait: \"31s\" (expected: "),
                read("a list after no receipt", "GET", LIST + "?after=0-")
                        .is(400, "invalid_receipt", "after: \"0-\" " + NO_RECEIPT),
                read("a list after a partition that there is not", "GET", LIST + "?after=2147483647-1")
                        .is(400, "invalid_receipt", ""),
                read("a list with two headers", "GET", LIST)
                        .header("Tally-Receipt: 0-1")
                        .header("Tally-Receipt: 0-1")
                        .is(400, "invalid_receipt", "Tally-Receipt: given twice"),
                read("a list with maxLagRecords", "GET", LIST + "?maxLagRecords=1")
                        .is(400, "not_supported", "maxLagRecords"),
                read("a list of a bad namespace", "GET", "/v1/counters/Bad")
                        .is(400, "invalid_name", "namespace: \"Bad\" (expected: 1 to 64 characters"),
                read("a list of a namespace with a slash", "GET", "/v1/counters/bad%2Fc")
                        .is(400, "invalid_name", "namespace: \"bad/c\""));
    }

    static List<BadRequest> pathsAndMethods() {
        return List.of(
                read("a list with a slash", "GET", LIST + "/").is(404, "not_found", LIST + "/"),
                read("a list of no namespace", "GET", "/v1/counters/").is(404, "not_found", "/v1/counters/"),
                read("a history with a slash", "GET", HISTORY + "/").is(404, "not_found", HISTORY + "/"),
                read("an explanation with a slash", "GET", EXPLAIN + "/").is(404, "not_found", EXPLAIN + "/"),
                read("a history of no counter", "GET", "/v1/counters/bad//history")
                        .is(404, "not_found", ""),
                read("a history in capitals", "GET", COUNTER + "/History").is(404, "not_found", ""),
                read("what a counter does not have", "GET", COUNTER + "/future").is(404, "not_found", ""),
                read("POST on a list", "POST", LIST).is(405, "method_not_allowed", "POST (expected: GET, HEAD)"),
                read("DELETE on a list", "DELETE", LIST).is(405, "method_not_allowed", "DELETE (expected: GET, HEAD)"),
                read("POST on a history", "POST", HISTORY).is(405, "method_not_allowed", "POST (expected: GET, HEAD)"),
                read("DELETE on a history", "DELETE", HISTORY)
                        .is(405, "method_not_allowed", "DELETE (expected: GET, HEAD)"),
                read("PUT on an explanation", "PUT", EXPLAIN)
                        .is(405, "method_not_allowed", "PUT (expected: GET, HEAD)"));
    }

    private static BadRequest history(String name, String query, String detail) {
        return read("a history with " + name, "GET", HISTORY + "?" + query).is(400, "invalid_parameter", detail);
    }

    private static BadRequest list(String name, String query, String detail) {
        return read("a list with " + name, "GET", LIST + "?" + query).is(400, "invalid_parameter", detail);
    }
}
