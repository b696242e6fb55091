package dev.tally.service.http.body;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Locale;

/** Checks the headers that describe a request body: media types that are read as JSON pass, all others are rejected. */
public final class BodyHeaders {
    private static final String EXPECTED =
            " (expected: application/json, application/x-ndjson, text/plain, application/x-www-form-urlencoded or none)";

    private BodyHeaders() {}

    /** @throws ProblemException {@code unsupported_media_type} */
    public static void check(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String contentType = headers.getFirst(Headers.CONTENT_TYPE);
        if (contentType != null && !contentType.equals("application/json")) {
            checkType(contentType);
        }
        String encoding = headers.getFirst(Headers.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw refused("Content-Encoding: " + Shown.raw(encoding) + " (expected: none)");
        }
        String transfer = headers.getFirst(Headers.TRANSFER_ENCODING);
        if (transfer != null && !transfer.equalsIgnoreCase("chunked")) {
            throw refused("Transfer-Encoding: " + Shown.raw(transfer) + " (expected: chunked or none)");
        }
    }

    private static void checkType(String contentType) {
        String[] parts = contentType.split(";", -1);
        switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json", "application/x-ndjson", "text/plain", "application/x-www-form-urlencoded" -> {}
            default -> throw refused("Content-Type: " + Shown.raw(contentType) + EXPECTED);
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=") && !isUtf8(parameter.substring("charset=".length()))) {
                throw refused("Content-Type: " + Shown.raw(contentType) + " (expected: charset utf-8 or none)");
            }
        }
    }

    private static boolean isUtf8(String charset) {
        return charset.equals("utf-8") || charset.equals("\"utf-8\"") || charset.equals("utf8");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(HttpErrorCode.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
