package dev.tally.ingest.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.ingest.event.ParsedBatch.BadLine;
import dev.tally.service.http.ErrorCode;
import dev.tally.service.http.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a batch: one event a line, or an array of them if its first byte that is not space is {@code [}. One object
 * for one body.
 */
public final class BatchParser {
    public static final int BODY_BYTES_MAX = 4 << 20;
    public static final int EVENTS_MAX = 10_000;
    /** How many bad lines are reported one by one. */
    public static final int BAD_LINES_MAX = 100;

    private static final int ARRAY_DEPTH = 1;
    private static final FieldProblem NOT_UTF8 =
            new FieldProblem(null, ErrorCode.INVALID_JSON, "not UTF-8 (expected: JSON in UTF-8)");

    private final byte[] body;
    private final boolean ascii;
    private final HitReader reader;
    private final List<Hit> hits = new ArrayList<>();
    private final List<BadLine> badLines = new ArrayList<>();
    private int events;
    private int bad;

    private BatchParser(byte[] body, long now) {
        this.body = body;
        this.ascii = Utf8.isAscii(body, 0, body.length);
        this.reader = HitReader.onAny(now);
    }

    /**
     * @param now when the request came, in milliseconds since 1970
     * @throws ProblemException if the body is not a batch at all, or too large a one
     */
    public static ParsedBatch parse(byte[] body, long now) {
        return new BatchParser(body, now).parse();
    }

    private ParsedBatch parse() {
        int start = 0;
        while (start < body.length && isSpace(body[start])) {
            start++;
        }
        try {
            if (start < body.length && body[start] == '[') {
                readArray(start);
            } else {
                readLines();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no I/O: the bytes are here
        }
        if (events == 0) {
            throw new ProblemException(
                    ErrorCode.INVALID_VALUE,
                    "events: none (expected: 1 to " + EVENTS_MAX + ", one a line or in an array)");
        }
        return bad == 0 ? new ParsedBatch.Valid(hits) : new ParsedBatch.Invalid(events, bad, badLines);
    }

    private void readLines() throws IOException {
        int line = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            boolean blank = true;
            while (to < body.length && body[to] != '\n') {
                blank &= isSpace(body[to]);
                to++;
            }
            line++;
            if (!blank) {
                count();
                add(line, readLine(from, to));
            }
            from = to + 1;
        }
    }

    private @Nullable FieldProblem readLine(int from, int to) throws IOException {
        if (!ascii && !Utf8.isValid(body, from, to)) {
            return NOT_UTF8;
        }
        try (JsonParser parser = JsonText.parser(body, from, to)) {
            parser.nextToken();
            FieldProblem problem = reader.read(parser);
            if (problem == null && parser.nextToken() != null) {
                return new FieldProblem(
                        null, ErrorCode.INVALID_JSON, "more after the JSON (expected: one JSON object a line)");
            }
            return problem;
        } catch (JsonProcessingException e) {
            return new FieldProblem(null, ErrorCode.INVALID_JSON, JsonText.notJson(e, body, from, to));
        }
    }

    private void readArray(int start) throws IOException {
        if (!ascii && !Utf8.isValid(body, 0, body.length)) {
            throw new ProblemException(ErrorCode.INVALID_JSON, "body: " + NOT_UTF8.detail());
        }
        try (JsonParser parser = JsonText.parser(body, start, body.length)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                count();
                FieldProblem problem = reader.read(parser);
                add(events, problem);
                while (parser.getParsingContext().getNestingDepth() > ARRAY_DEPTH) {
                    parser.nextToken(); // on to the end of a bad element
                }
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(
                        ErrorCode.INVALID_JSON, "body: more after the array (expected: one JSON array)");
            }
        } catch (JsonProcessingException e) {
            if (events == hits.size() + bad) {
                count(); // between two elements: it is about the next
            }
            String detail = JsonText.notJson(e, body, start, body.length) + "; the rest was not read";
            add(events, new FieldProblem(null, ErrorCode.INVALID_JSON, detail));
        }
    }

    private void count() {
        if (++events > EVENTS_MAX) {
            throw new ProblemException(
                    ErrorCode.TOO_LARGE, "events: more than " + EVENTS_MAX + " (expected: at most " + EVENTS_MAX + ")");
        }
    }

    private void add(int line, @Nullable FieldProblem problem) {
        if (problem == null) {
            hits.add(reader.hit());
            return;
        }
        bad++;
        if (badLines.size() < BAD_LINES_MAX) {
            badLines.add(new BadLine(line, problem));
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
