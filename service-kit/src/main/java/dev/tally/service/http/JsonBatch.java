package dev.tally.service.http;

import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a batch, one after the other: the elements of a JSON array if the first character is {@code [}, else one
 * on each line that is not blank. An item goes {@link #next}, the {@link #reader}'s fields to their end, {@link #endItem}; a
 * line may be read from the {@link #body} instead. A {@link ProblemException} on the way is that item's, and after
 * {@link #recover} the next item can be read. Not safe for use by several threads.
 *
 * <p>One parser serves all lines up to the first with a problem or read without it: making one for each would cost as much as reading it.
 */
public final class JsonBatch implements AutoCloseable {
    /** What the detail of a problem has when more than one object is on a line. */
    public static final String SEVERAL_ON_A_LINE = "text after the object";

    private final byte[] body;
    private final boolean isArray;
    private @Nullable JsonReader reader;
    /** The number of the item: of its line, or of its place in the array, from 1. */
    private int line;
    /** Of an array only: nothing more can be read. */
    private boolean broken;
    /** Of lines only: where the current one starts and ends. */
    private int lineStart;

    private int lineEnd = -1;
    /** Of lines only: whether the reader is in the current one. */
    private boolean entered;
    /** Of lines only: where the next byte is that is not UTF-8; the length of the body if there is none. */
    private int invalidAt;

    private JsonBatch(byte[] body, boolean isArray) {
        this.body = body;
        this.isArray = isArray;
    }

    /** @throws ProblemException {@code invalid_json} if it starts like an array and is none */
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

    /** Moves to the next object; false at the end. */
    public boolean next() {
        return isArray ? nextElement() : nextLine();
    }

    /** Where the current item stands: its line, or its place in the array, from 1. */
    public int line() {
        return line;
    }

    /** Whether each item is a line of its own. */
    public boolean isOfLines() {
        return !isArray;
    }

    /** The whole batch: not a copy, so not to be changed. */
    public byte[] body() {
        return body;
    }

    /** Where in the body the current line starts. It is UTF-8. */
    public int lineStart() {
        return lineStart;
    }

    /** Where in the body the current line ends: the index of its line feed, or the body's length. */
    public int lineEnd() {
        return lineEnd;
    }

    /** Within the current item. */
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

    /** Checks that nothing but the object is on the line. The object has been read to its end. */
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
     * Makes {@link #next} go on after a problem of the current item: with the next line, or with the next element unless the
     * array itself is broken.
     *
     * @return the problem to report for the item: the one given, or a more fitting one
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
        close(); // the next line gets a parser of its own
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
            close(); // its parser stands before a line that was read without it
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
