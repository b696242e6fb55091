package dev.tally.ingest.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The body of a request about one counter. */
public final class HitParser {
    public static final int BODY_BYTES_MAX = 16 << 10;

    private HitParser() {}

    /**
     * @param body JSON, or empty: a delta of 1, now
     * @param now when the request came, in milliseconds since 1970
     * @throws ProblemException if the body is not one valid hit
     */
    public static Hit parse(CounterName counter, byte[] body, long now) {
        if (body.length == 0) {
            return new Hit(counter, 1, now, null);
        }
        if (!Utf8.isAscii(body, 0, body.length) && !Utf8.isValid(body, 0, body.length)) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "body: not UTF-8 (expected: JSON in UTF-8)");
        }
        HitReader reader = HitReader.on(counter, now);
        try (JsonParser parser = JsonText.parser(body, 0, body.length)) {
            if (parser.nextToken() == null) {
                throw new ProblemException(ErrorCode.INVALID_JSON, "body: only space (expected: JSON, or nothing)");
            }
            FieldProblem problem = reader.read(parser);
            if (problem != null) {
                String detail = problem.field() == null ? "body: " + problem.detail() : problem.detail();
                throw new ProblemException(problem.code(), detail);
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(
                        ErrorCode.INVALID_JSON, "body: more after the JSON (expected: one JSON object)");
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "body: " + JsonText.notJson(e, body, 0, body.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no I/O: the bytes are here
        }
        return reader.hit();
    }
}
