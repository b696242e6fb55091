package dev.tally.system.bad;

import static dev.tally.system.bad.BadRequest.bytes;
import static dev.tally.system.bad.BadRequest.bytesAndEnd;
import static dev.tally.system.bad.BadRequest.hex;
import static dev.tally.system.bad.BadRequest.times;

import java.util.List;

/** Bytes that are not a well-formed HTTP request. No client library sends them, and no handler receives them. */
final class BadBytes {
    private static final String POST = "POST /v1/counters/bad/c HTTP/1.1\r\nHost: localhost\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    private static final int CLOSED = 0;

    private BadBytes() {}

    static List<BadRequest> requestLines() {
        return List.of(
                noRequest("garbage", hex("00 01 02 ff fe 0d 0a 0d 0a")),
                noRequest("a TLS client hello", hex("16 03 01 00 05 01 00 00 01 fc 03 03 0d 0a 0d 0a")),
                noRequest("only a method", "POST\r\n\r\n"),
                noRequest("no target", "POST HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest("HTTP/0.9", "GET /v1/counters/bad/c\r\n\r\n"),
                noRequest("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                noRequest("a version that is not", "POST /v1/counters/bad/c HTTP/1.11\r\nHost: t\r\n\r\n"),
                noRequest("raw UTF-8 in the target", "POST /v1/counters/bad/\u00c3\u00a4 HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest("raw broken UTF-8 in the target", "POST /v1/counters/bad/\u00ff HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest("a space in the target", "POST /v1/counters/bad/a b HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest("a zero byte in the target", "POST /v1/counters/bad/a\0b HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest("a lone CR in the target", "POST /v1/counters/bad/a\rb HTTP/1.1\r\nHost: t\r\n\r\n"),
                noRequest(
                        "an absolute target with a broken host",
                        "POST http://[::1/v1/counters/bad/%zz HTTP/1.1\r\nHost: t\r\n\r\n"),
                bytes(
                        "an absolute target without a path",
                        "POST http://localhost HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                        404,
                        "not_found",
                        ""),
                bytes("a target that is a star", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "not_found", ""),
                bytes("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n", 404, "not_found", ""),
                noRequest(
                        "a target of 20 KiB",
                        "POST /v1/counters/bad/" + times("c", 20 << 10) + " HTTP/1.1\r\nHost: t\r\n\r\n"));
    }

    /** Refusals without a body. There are no others. */
    static List<BadRequest> hosts() {
        return List.of(
                bytes("no Host", "POST /v1/counters/bad/c HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 400, "", ""),
                bytes("two Hosts", POST + "Host: u\r\nContent-Length: 0\r\n\r\n", 400, "", ""));
    }

    static List<BadRequest> headers() {
        return List.of(
                noRequest("a header of 20 KiB", POST + "X: " + times("x", 20 << 10) + "\r\n\r\n"),
                noRequest("101 headers", POST + times("X: y\r\n", 101) + "\r\n"),
                noRequest("a header without a colon", POST + "nonsense\r\n\r\n"),
                noRequest("a space before the colon", POST + "Content-Length : 5\r\n\r\n12345"),
                noRequest("a header without a name", POST + ": x\r\n\r\n"),
                noRequest("a zero byte in a header", POST + "X: a\0b\r\n\r\n"),
                noRequest("a lone CR in a header", POST + "X: a\rY: b\r\n\r\n"));
    }

    static List<BadRequest> framing() {
        return List.of(
                noRequest("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
                noRequest("a negative length", POST + "Content-Length: -1\r\n\r\n"),
                noRequest("a length with a sign", POST + "Content-Length: +2\r\n\r\n{}"),
                noRequest("a length in hexadecimal", POST + "Content-Length: 0x2\r\n\r\n{}"),
                noRequest("a length beyond 64 bits", POST + "Content-Length: 99999999999999999999\r\n\r\n"),
                noRequest("a list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}"),
                noRequest(
                        "a length and chunks",
                        POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bytes(
                        "compressed and chunked",
                        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        415,
                        "unsupported_media_type",
                        "gzip, chunked (expected: chunked or none)"),
                bytes(
                        "a transfer encoding that is not",
                        POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        415,
                        "unsupported_media_type",
                        "xchunked (expected: chunked or none)"),
                bytesAndEnd(
                        "a body cut off",
                        POST + "Content-Length: 100\r\n\r\n{\"delta\":1}",
                        400,
                        "invalid_json",
                        "ended after 11 of 100 bytes"),
                bytes("a chunk longer than it says", CHUNKED + "1\r\n{}\r\n0\r\n\r\n", 400, "invalid_json", "body: "),
                bytes(
                        "chunks beyond 16 KiB",
                        CHUNKED + "4001\r\n" + times(" ", 0x4001) + "\r\n0\r\n\r\n",
                        413,
                        "too_large",
                        "more than 16384 bytes (expected: at most 16384)"));
    }

    private static BadRequest noRequest(String name, String latin1) {
        return bytes(name, latin1, 400, "invalid_request", "Malformed HTTP/1.1 request");
    }

    /**
     * Requests that end early or have invalid chunk framing. They cannot be answered, so the server closes the
     * connection.
     */
    static List<BadRequest> brokenOff() {
        return List.of(
                bytesAndEnd("chunks cut off", CHUNKED + "b\r\n{\"delta\":1}\r\n", CLOSED, "", ""),
                bytesAndEnd("a chunk cut off", CHUNKED + "ff\r\n{\"delta\":1}\r\n", CLOSED, "", ""),
                bytesAndEnd("headers cut off", POST + "X: y", CLOSED, "", ""),
                bytes("a chunk size that is not", CHUNKED + "zz\r\n{}\r\n0\r\n\r\n", CLOSED, "", ""),
                bytes("a negative chunk size", CHUNKED + "-2\r\n{}\r\n0\r\n\r\n", CLOSED, "", ""),
                bytes("a chunk size beyond 64 bits", CHUNKED + "fffffffffffffffff\r\n{}\r\n0\r\n\r\n", CLOSED, "", ""));
    }
}
