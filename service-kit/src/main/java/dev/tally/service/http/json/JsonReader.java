package dev.tally.service.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.problem.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects strictly, field by field. Text that is not JSON is {@code invalid_json}, with its position; a value
 * that the field does not accept is {@code invalid_value}, with the field. Both are thrown as {@link ProblemException}.
 * After a problem with a field, {@link JsonBatch} can continue with the next object. Not thread-safe.
 */
public final class JsonReader implements AutoCloseable {
    private static final int DEPTH_MAX = 16;
    private static final int NUMBER_CHARS_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 256;
    private static final String BOUNDS = "at most " + DEPTH_MAX + " levels of nesting, and " + NAME_CHARS_MAX
            + " characters of a name and " + NUMBER_CHARS_MAX + " of a number";

    /** The accepted whole numbers, for messages. */
    public static final String WHOLE_NUMBER = "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // which would accept UTF-16 and skip a byte order mark
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .build())
            .build();

    private final JsonParser parser;
    private final byte[] text;
    private final int from;
    private final int to;
    private final int firstLine;
    /** What may follow the object, for messages. */
    private final String afterwards;

    private String field = "";
    /** The fields of this object read so far. At most those that the endpoint knows: it rejects the first unknown field. */
    private String[] seen = new String[8];

    private int seenCount;
    private int objectDepth;
    private boolean inObject;
    private boolean broken;

    private JsonReader(byte[] text, int from, int to, int firstLine, String afterwards) throws IOException {
        this.parser = FACTORY.createParser(text, from, to - from);
        this.text = text;
        this.from = from;
        this.to = to;
        this.firstLine = firstLine;
        this.afterwards = afterwards;
    }

    /** Reads a whole text. The bytes are not copied. */
    public static JsonReader open(byte[] text) {
        int invalid = Utf8.firstInvalid(text, 0, text.length);
        if (invalid >= 0) {
            throw invalidJson("byte " + (invalid + 1) + " is not UTF-8 (expected: JSON in UTF-8)");
        }
        return open(text, 0, text.length, 1, JsonSyntax.NOTHING_MORE);
    }

    /** Reads lines of a text. They must be valid UTF-8. Messages number the first line {@code firstLine}. */
    static JsonReader openLines(byte[] text, int from, int to, int firstLine) {
        return open(text, from, to, firstLine, "one JSON object a line");
    }

    private static JsonReader open(byte[] text, int from, int to, int firstLine, String afterwards) {
        try {
            return new JsonReader(text, from, to, firstLine, afterwards);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Enters an object. The next token must start one. */
    public void beginObject() {
        enterObject(next());
    }

    /** The same, after the first token has been read. */
    void enterObject(@Nullable JsonToken token) {
        inObject = token == JsonToken.START_OBJECT;
        if (!inObject) {
            throw invalidJson(shown() + " (expected: a JSON object)");
        }
        seenCount = 0;
        objectDepth = parser.getParsingContext().getNestingDepth();
        field = "";
    }

    /** Returns the name of the next field, or null at the end of the object. The caller then reads the value. */
    public @Nullable String nextField() {
        if (next() != JsonToken.FIELD_NAME) {
            return null;
        }
        try {
            field = parser.currentName();
        } catch (IOException e) {
            throw refused(e);
        }
        see(field);
        return field;
    }

    private void see(String name) {
        for (int i = 0; i < seenCount; i++) {
            if (seen[i].equals(name)) {
                String shown = Shown.raw(name);
                throw new ProblemException(
                        HttpErrorCode.INVALID_JSON, shown, shown + ": given twice (expected: at most once)");
            }
        }
        if (seenCount == seen.length) {
            seen = Arrays.copyOf(seen, seenCount * 2);
        }
        seen[seenCount++] = name;
    }

    /** The value of the field: a whole number of 64 bits, written without fraction or exponent. */
    public long wholeNumber() {
        if (next() == JsonToken.VALUE_NUMBER_INT) {
            try {
                JsonParser.NumberType type = parser.getNumberType();
                if (type != JsonParser.NumberType.BIG_INTEGER) {
                    return parser.getLongValue();
                }
            } catch (IOException e) {
                throw refused(e);
            }
        }
        throw invalidValue(WHOLE_NUMBER);
    }

    /** The value of the field: a string without unpaired surrogates. */
    public String string() {
        String text = stringOrNull();
        if (text == null) {
            throw invalidValue("a string");
        }
        return text;
    }

    /** The same, or null for any other value, so that the caller can reject it with its own message, by {@link #invalid}. */
    public @Nullable String stringOrNull() {
        return next() == JsonToken.VALUE_STRING ? wholeText() : null;
    }

    /**
     * The value of the field: an array of strings without unpaired surrogates, passed to {@code each} one by one. A problem
     * thrown meanwhile names the element: {@code items[3]}, counted from 0.
     *
     * @param expected describes the array in the message about any other value
     */
    public void strings(String expected, Consumer<String> each) {
        if (next() != JsonToken.START_ARRAY) {
            throw invalidValue(expected);
        }
        String array = field;
        int index = 0;
        while (next() != JsonToken.END_ARRAY) {
            field = array + "[" + index++ + "]";
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? wholeText() : null;
            if (text == null) {
                throw invalidValue("a string");
            }
            each.accept(text);
        }
        field = array;
    }

    private @Nullable String wholeText() {
        String text = text();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isHalf(text, i++)) {
                return null;
            }
        }
        return text;
    }

    /** The value of the field: a time as {@link Rfc3339} reads it, in milliseconds since 1970. */
    public long time() {
        if (next() == JsonToken.VALUE_STRING) {
            long millis = Rfc3339.parse(text());
            if (millis != Rfc3339.NONE) {
                return millis;
            }
        }
        throw invalidValue(Rfc3339.EXPECTED);
    }

    /** Returns the problem that the field does not accept the value read last, for the caller to throw. */
    public ProblemException invalidValue(String expected) {
        return invalid(HttpErrorCode.INVALID_VALUE, expected);
    }

    /** The same with another code. */
    public ProblemException invalid(ErrorCode code, String expected) {
        return new ProblemException(code, field, field + ": " + shown() + " (expected: " + expected + ")");
    }

    /** Returns the problem that the field is unknown, for the caller to throw. */
    public ProblemException unknownField(String expected) {
        return new ProblemException(
                HttpErrorCode.UNKNOWN_FIELD,
                Shown.raw(field),
                Shown.raw(field) + ": unknown field (expected: " + expected + ")");
    }

    /** Returns the problem that the API has the field but does not implement it yet, for the caller to throw. */
    public ProblemException notSupported() {
        return new ProblemException(HttpErrorCode.NOT_SUPPORTED, field, field + ": not supported yet");
    }

    /** Checks that no token follows. */
    public void end() {
        if (next() != null) {
            broken = true;
            throw notJson();
        }
    }

    /**
     * Skips the rest of the object entered last, or the value found where an object was expected. Returns false if the text
     * is not JSON.
     */
    boolean skipObject() {
        try {
            if (!broken && !inObject) {
                parser.skipChildren();
            }
            JsonToken token = parser.currentToken();
            while (!broken && inObject && !isEndOfObject(token)) {
                token = next();
            }
        } catch (IOException e) {
            broken = true;
        } catch (ProblemException e) {
            return false;
        }
        return !broken;
    }

    private boolean isEndOfObject(@Nullable JsonToken token) {
        return token == JsonToken.END_OBJECT && parser.getParsingContext().getNestingDepth() < objectDepth;
    }

    /** The position of the reader in the text: the index of the byte after the last token read. */
    int offset() {
        return from + (int) parser.currentLocation().getByteOffset();
    }

    @Nullable
    JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** Closes the parser, which releases its buffers. */
    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ProblemException invalidJson(String detail) {
        return new ProblemException(HttpErrorCode.INVALID_JSON, "body: " + detail);
    }

    private String place() {
        return place(offset());
    }

    /** The line and column of a byte, as an editor counts them: lines end with a line feed, columns are characters. */
    private String place(int offset) {
        int line = firstLine;
        int column = 1;
        for (int i = from; i < Math.min(offset, to); i++) {
            boolean startsCharacter = (text[i] & 0xC0) != 0x80;
            column += startsCharacter ? 1 : 0;
            if (text[i] == '\n') {
                line++;
                column = 1;
            }
        }
        return "line " + line + ", column " + column;
    }

    private ProblemException refused(IOException e) {
        broken = true;
        if (e instanceof StreamConstraintsException) {
            return invalidJson(place() + ": too deep, or too long a name or number (expected: " + BOUNDS + ")");
        }
        if (!(e instanceof JsonProcessingException)) {
            throw new UncheckedIOException(e); // cannot happen: the bytes are in memory
        }
        return notJson();
    }

    private ProblemException notJson() {
        JsonSyntax.Fault fault = JsonSyntax.find(text, from, to, DEPTH_MAX, afterwards);
        return fault == null
                ? invalidJson(place() + ": not JSON (expected: JSON)")
                : invalidJson(place(fault.at()) + ": " + fault.found() + " (expected: " + fault.expected() + ")");
    }

    private String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static boolean isHalf(String text, int i) {
        return !Character.isHighSurrogate(text.charAt(i))
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** The token read last, as shown in messages. */
    private String shown() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case VALUE_STRING -> Shown.text(text());
            case START_OBJECT, END_OBJECT -> "{…}";
            case START_ARRAY, END_ARRAY -> "[…]";
            default -> Shown.raw(text());
        };
    }
}
