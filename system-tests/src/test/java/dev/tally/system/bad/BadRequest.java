package dev.tally.system.bad;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of the table: the bytes of a request, and the refusal it must get.
 *
 * @param name what is bad about it
 * @param toReader whether it goes to query-api; else to ingest-api
 * @param request what is sent, to the last byte
 * @param endsInput whether the client then says that no more comes
 * @param status the status of the (first) answer
 * @param code the problem's code; empty if there is no problem to expect
 * @param detail what the problem's detail has to hold; empty if there is none
 */
public record BadRequest(
        String name, boolean toReader, byte[] request, boolean endsInput, int status, String code, String detail) {

    @Override
    public String toString() {
        return name;
    }

    /** A request being written down. Every char of a head is one byte. */
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

        /** Another {@code Host} than the usual one. */
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

        /** The headers say themselves how long the body is. */
        public Draft withoutLength() {
            hasLength = false;
            return this;
        }

        /** Refused by the HTTP server's parser, before there is a handler that could say why. */
        public BadRequest isNoRequest() {
            return is(400, "invalid_request", "The bytes are no HTTP/1.1 request");
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

    /** A request to write, or to whoever serves {@code target}. */
    static Draft write(String name, String method, String target) {
        return new Draft(name, false, method + " " + target);
    }

    static Draft read(String name, String method, String target) {
        return new Draft(name, true, method + " " + target);
    }

    /** Bytes that no client library would send; each char is one. */
    static BadRequest bytes(String name, String latin1, int status, String code, String detail) {
        return new BadRequest(name, false, latin1.getBytes(ISO_8859_1), false, status, code, detail);
    }

    /** The same, and then the client closes its side. */
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
