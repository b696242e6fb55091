package dev.tally.system.bad;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of the table: the bytes of a request, and the expected refusal.
 *
 * @param name what is wrong with the request
 * @param toReader true to send the request to query-api, false for ingest-api
 * @param request all bytes that are sent
 * @param endsInput whether the client then closes its side of the connection
 * @param status the status of the (first) answer
 * @param code the code of the problem; empty if no problem is expected
 * @param detail text that the detail of the problem contains; empty for none
 */
public record BadRequest(
        String name, boolean toReader, byte[] request, boolean endsInput, int status, String code, String detail) {

    @Override
    public String toString() {
        return name;
    }

    /** Builder of a request. Every char of a head is one byte. */
    public static final class Draft {
        private final String name;
        private final boolean toReader;
        private final String line;
        private final List<String> headers = new ArrayList<>(List.of("Host: localhost"));
        private byte[] body = {};
        private boolean hasLength = true;

        private Draft(String name, boolean toReader, String line) {
            this.name = name;
            this.toReader = toReader;
            this.line = line;
        }

        /** Replaces the default {@code Host}. */
        public Draft host(String value) {
            headers.set(0, "Host: " + value);
            return this;
        }

        public Draft header(String header) {
            headers.add(header);
            return this;
        }

        public Draft body(String text) {
            return body(text.getBytes(UTF_8));
        }

        public Draft body(byte[] bytes) {
            body = bytes;
            return this;
        }

        /** The test supplies the headers that give the length of the body. */
        public Draft withoutLength() {
            hasLength = false;
            return this;
        }

        /** The parser of the HTTP server refuses the request, before any handler runs. */
        public BadRequest isNoRequest() {
            return is(400, "invalid_request", "Malformed HTTP/1.1 request");
        }

        public BadRequest is(int status, String code, String detail) {
            StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
            headers.forEach(header -> head.append(header).append("\r\n"));
            if (hasLength && !line.startsWith("GET")) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
            byte[] all = new byte[start.length + body.length];
            System.arraycopy(start, 0, all, 0, start.length);
            System.arraycopy(body, 0, all, start.length, body.length);
            return new BadRequest(name, toReader, all, false, status, code, detail);
        }
    }

    /** A request to ingest-api, or to the service that serves {@code target}. */
    static Draft write(String name, String method, String target) {
        return new Draft(name, false, method + " " + target);
    }

    static Draft read(String name, String method, String target) {
        return new Draft(name, true, method + " " + target);
    }

    /** Bytes that no client library sends. Each char is one byte. */
    static BadRequest bytes(String name, String latin1, int status, String code, String detail) {
        return new BadRequest(name, false, latin1.getBytes(ISO_8859_1), false, status, code, detail);
    }

    /** The same, after which the client closes its side of the connection. */
    static BadRequest bytesAndEnd(String name, String latin1, int status, String code, String detail) {
        return new BadRequest(name, false, latin1.getBytes(ISO_8859_1), true, status, code, detail);
    }

    static String times(String text, int count) {
        return text.repeat(count);
    }

    static String hex(String text) {
        StringBuilder bytes = new StringBuilder();
        for (String each : text.split(" ")) {
            bytes.append((char) Integer.parseInt(each.toLowerCase(Locale.ROOT), 16));
        }
        return bytes.toString();
    }
}
