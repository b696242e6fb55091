package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.bytes;
import static dev.tally.system.bad.BadRequest.read;
import static dev.tally.system.bad.BadRequest.write;

import java.util.List;

/** Requests that a browser sends for a page of another origin, or for a page whose host name resolves to this machine. */
final class BadCallers {
    private static final String COUNTER = "/v1/counters/bad/c";
    private static final String EVENTS = "/v1/events";
    private static final String EVENT = "{\"namespace\":\"bad\",\"counter\":\"c\"}";
    private static final String HOSTS = "(expected: an IP address, localhost, or a name in TALLY_HTTP_HOSTS)";
    private static final String OWN = "(expected: none, or http://localhost as in Host); nothing was recorded";

    private BadCallers() {}

    /** Undertow itself refuses those with status 400, without a body. */
    static List<BadRequest> hosts() {
        return List.of(
                write("a hit for another host", "POST", COUNTER)
                        .host("evil.example")
                        .is(421, "misdirected", "Host: \"evil.example\" " + HOSTS),
                write("a hit for another host with a port", "POST", COUNTER)
                        .host("evil.example:8080")
                        .is(421, "misdirected", "Host: \"evil.example:8080\" " + HOSTS),
                write("a hit for a host below localhost", "POST", COUNTER)
                        .host("foo.localhost")
                        .is(421, "misdirected", HOSTS),
                write("a hit for no host", "POST", COUNTER).host("").is(421, "misdirected", "Host: \"\" " + HOSTS),
                write("a hit for another host from its own page", "POST", COUNTER)
                        .host("evil.example")
                        .header("Origin: http://evil.example")
                        .is(421, "misdirected", HOSTS),
                write("a batch for another host", "POST", EVENTS)
                        .host("evil.example")
                        .body(EVENT)
                        .is(421, "misdirected", HOSTS),
                write("a PUT for another host", "PUT", COUNTER)
                        .host("evil.example")
                        .body("{\"total\":1}")
                        .is(421, "misdirected", HOSTS),
                write("a DELETE for another host", "DELETE", COUNTER)
                        .host("evil.example")
                        .is(421, "misdirected", HOSTS),
                write("a host with a user", "POST", COUNTER)
                        .host("user@localhost")
                        .is(400, "", ""),
                write("a host with a zone", "POST", COUNTER).host("[::1%25lo]").is(400, "", ""),
                write("an absolute target of another host", "POST", "http://evil.example" + COUNTER)
                        .host("evil.example")
                        .is(421, "misdirected", "Host: \"evil.example\" " + HOSTS),
                write("an absolute target of another host than Host", "POST", "http://evil.example" + COUNTER)
                        .is(400, "", ""),
                bytes(
                        "another host in HTTP/1.0",
                        "POST " + COUNTER + " HTTP/1.0\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n",
                        421,
                        "misdirected",
                        HOSTS),
                read("a read for another host", "GET", COUNTER)
                        .host("evil.example")
                        .is(421, "misdirected", HOSTS),
                read("a list for another host", "GET", "/v1/counters/bad")
                        .host("evil.example")
                        .is(421, "misdirected", HOSTS),
                read("a lookup for another host", "POST", "/v1/counters:lookup")
                        .host("evil.example")
                        .body("{\"counters\":[]}")
                        .is(421, "misdirected", HOSTS),
                read("metrics for another host", "GET", "/metrics")
                        .host("evil.example")
                        .is(421, "misdirected", HOSTS),
                read("nothing for another host", "GET", "/nothing")
                        .host("evil.example")
                        .is(421, "misdirected", HOSTS));
    }

    static List<BadRequest> origins() {
        return List.of(
                write("a hit from another page", "POST", COUNTER)
                        .header("Origin: http://evil.example")
                        .is(403, "origin_forbidden", "Origin: \"http://evil.example\" " + OWN),
                write("a hit from a sandboxed frame", "POST", COUNTER)
                        .header("Origin: null")
                        .is(403, "origin_forbidden", "Origin: \"null\" " + OWN),
                write("a hit from another port", "POST", COUNTER)
                        .header("Origin: http://localhost:3000")
                        .is(403, "origin_forbidden", OWN),
                write("a hit from a page of another scheme", "POST", COUNTER)
                        .header("Origin: https://localhost")
                        .is(403, "origin_forbidden", OWN),
                write("a hit from a page at another name of this machine", "POST", COUNTER)
                        .header("Origin: http://127.0.0.1")
                        .is(403, "origin_forbidden", OWN),
                write("a hit with an empty origin", "POST", COUNTER)
                        .header("Origin:")
                        .is(403, "origin_forbidden", "Origin: \"\" " + OWN),
                write("a beacon", "POST", COUNTER)
                        .header("Origin: http://evil.example")
                        .header("Content-Type: text/plain;charset=UTF-8")
                        .body("{\"delta\":5}")
                        .is(403, "origin_forbidden", OWN),
                write("a beacon of a batch", "POST", EVENTS)
                        .header("Origin: http://evil.example")
                        .header("Content-Type: text/plain;charset=UTF-8")
                        .body(EVENT)
                        .is(403, "origin_forbidden", OWN),
                write("a PUT from another page", "PUT", COUNTER)
                        .header("Origin: http://evil.example")
                        .body("{\"total\":1}")
                        .is(403, "origin_forbidden", OWN),
                write("a DELETE from another page", "DELETE", COUNTER)
                        .header("Origin: http://evil.example")
                        .is(403, "origin_forbidden", OWN),
                write("a preflight", "OPTIONS", COUNTER)
                        .header("Origin: http://evil.example")
                        .header("Access-Control-Request-Method: PUT")
                        .is(405, "method_not_allowed", "OPTIONS (expected: "));
    }
}
