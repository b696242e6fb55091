package dev.tally.service.http.response;

import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.problem.ErrorCode;
import io.undertow.util.Headers;

/** Builds problem details responses (RFC 9457). */
public final class Problem {
    private static final String CONTENT_TYPE = "application/problem+json";
    private static final String RETRY_AFTER_SECONDS = "1";

    private Problem() {}

    public static Response response(ErrorCode code, String detail, String requestId, ProblemMembers members) {
        JsonWriter json = new JsonWriter(256 + detail.length())
                .beginObject()
                .name("type")
                .value("about:blank")
                .name("title")
                .value(title(code.status()))
                .name("status")
                .value(code.status())
                .name("detail")
                .value(detail)
                .name("code")
                .value(code.code())
                .name("requestId")
                .value(requestId);
        members.write(json);
        Response response = Response.of(
                        code.status(), CONTENT_TYPE, json.endObject().toBytes())
                .noStore();
        return code.retryable() ? response.header(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS) : response;
    }

    /** The reason phrase of a status, which is the title of a problem of type {@code about:blank} (RFC 9457). */
    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
