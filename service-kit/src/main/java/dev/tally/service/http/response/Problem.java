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
                .value(code.title())
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
}
