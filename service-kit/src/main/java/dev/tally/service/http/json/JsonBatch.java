package dev.tally.service.http.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.tally.service.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of a batch one by one: the elements of a JSON array if the first character is {@code [}, else one object
 * on each line that is not blank. For each item the caller calls {@link #next}, reads all fields from the {@link #reader} and
 * calls {@link #endItem}; it may read a line from the {@link #body} instead. A {@link ProblemException} in between concerns
 * that item only; after {@link #recover} the next item can be read. Not thread-safe.
 *
 * <p>One parser serves all lines up to the first line that has a problem or is read without the parser: a new parser costs
 * as much as reading a line.
 */
public final class JsonBatch implements AutoCloseable {
    /** Part of the detail of a problem when a line holds more than one object. */
    public static final String SEVERAL_ON_A_LINE = "text after the object";

    private final byte[] body;
    private final boolean isArray;
    private @Nullable JsonReader reader;
    /** The number of the item from 1: its line, or its position in the array. */
    private int line;
    /** Arrays only: no further element can be read. */
    private boolean broken;
    /** Lines only: where the current line starts and ends. */
    private int lineStart;

    private int lineEnd = -1;
    /** Lines only: whether the reader is in the current line. */
    private boolean entered;
    /** Lines only: the index of the next byte that is not UTF-8; the length of the body if there is none. */
    private int invalidAt;

    private JsonBatch(byte[] body, boolean isArray) {
        this.body = body;
        this.isArray = isArray;
    }

    /** @throws ProblemException {@code invalid_json} if the body starts with {@code [} and is not an array */
    public static JsonBatch open(byte[] body) {
        int first = firstNonSpace(body, 0, body.length, true);
        JsonBatch batch = new JsonBatch(body, first < body.length && body[first] == '[');
        if (batch.isArray) {
            JsonReader reader = JsonReader.open(body);
            batch.reader = reader;
            reader.next();
        } else {
            batch.findInvalid(0);
        }
        return batch;
    }

    /** Moves to the next object. Returns false at the end. */
    public boolean next() {
        return isArray ? nextElement() : nextLine();
    }

    /** The number of the current item from 1: its line, or its position in the array. */
    public int line() {
        return line;
    }

    /** Whether each item is a line of its own. */
    public boolean isOfLines() {
        return !isArray;
    }

    /** The whole batch. It is not a copy, so callers must not change it. */
    public byte[] body() {
        return body;
    }

    /** The index in the body at which the current line starts. The line is valid UTF-8. */
    public int lineStart() {
        return lineStart;
    }

    /** The index in the body at which the current line ends: that of its line feed, or the body's length. */
    public int lineEnd() {
        return lineEnd;
    }

    /** The reader, positioned in the current item. */
    public JsonReader reader() {
        if (!isArray && !entered) {
            enterLine();
        }
        return opened();
    }

    private JsonReader opened() {
        if (reader == null) {
            throw new IllegalStateException("There is no current item");
        }
        return reader;
    }

    /** Checks that the line holds nothing but the object. The object must have been read to its end. */
    public void endItem() {
        if (isArray) {
            return;
        }
        int offset = opened().offset();
        if (offset > lineEnd) {
            throw goesOn();
        }
        if (firstNonSpace(body, offset, lineEnd, false) < lineEnd) {
            throw JsonReader.invalidJson("line " + line + ": " + SEVERAL_ON_A_LINE + " (expected: one object a line)");
        }
    }

    /**
     * Lets {@link #next} continue after a problem of the current item: with the next line, or with the next element unless
     * the array itself is malformed.
     *
     * @return the problem to report for the item: the given one, or a more specific one
     */
    public ProblemException recover(ProblemException problem) {
        if (isArray) {
            broken = !opened().skipObject();
            return broken
                    ? new ProblemException(
                            problem.code(), problem.field(), problem.detail() + "; the rest was not read")
                    : problem;
        }
        boolean overLines = reader != null && reader.offset() > lineEnd + 1; // the parser looks one byte ahead
        close(); // the next line gets a new parser
        return overLines ? goesOn() : problem;
    }

    private ProblemException goesOn() {
        return JsonReader.invalidJson(
                "line " + line + ": the object does not end on its line (expected: one object a line)");
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private boolean nextElement() {
        if (broken) {
            return false;
        }
        line++;
        JsonToken token = opened().next();
        if (token == JsonToken.END_ARRAY) {
            opened().end();
            return false;
        }
        opened().enterObject(token);
        return true;
    }

    private boolean nextLine() {
        if (!entered) {
            close(); // the parser is positioned before a line that was read without it
        }
        entered = false;
        do {
            if (lineEnd == body.length) {
                return false;
            }
            lineStart = lineEnd + 1;
            lineEnd = lineEnd(body, lineStart);
            line++;
        } while (firstNonSpace(body, lineStart, lineEnd, false) == lineEnd);
        if (invalidAt < lineEnd) {
            int column = invalidAt - lineStart + 1;
            findInvalid(lineEnd);
            throw JsonReader.invalidJson(
                    "line " + line + ": byte " + column + " is not UTF-8 (expected: JSON in UTF-8)");
        }
        return true;
    }

    private void enterLine() {
        if (lineEnd < 0) {
            throw new IllegalStateException("There is no current item");
        }
        entered = true;
        JsonReader open = reader;
        if (open == null) {
            open = JsonReader.openLines(body, lineStart, invalidAt, line);
            reader = open;
        }
        open.beginObject();
    }

    private void findInvalid(int from) {
        int invalid = Utf8.firstInvalid(body, from, body.length);
        invalidAt = invalid < 0 ? body.length : invalid;
    }

    private static int lineEnd(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static int firstNonSpace(byte[] body, int from, int to, boolean overLines) {
        int i = from;
        while (i < to && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r' || (overLines && body[i] == '\n'))) {
            i++;
        }
        return i;
    }
}
