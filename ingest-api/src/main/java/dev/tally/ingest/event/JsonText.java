package dev.tally.ingest.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.tally.service.http.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON as it is read here: strictly, from bytes that are UTF-8, without ever building a tree. */
final class JsonText {
    private static final int EXCERPT_BYTES = 24;

    /** Without the guessing of charsets, which would take UTF-16 for JSON. */
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonText() {}

    static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
        return FACTORY.createParser(bytes, from, to - from);
    }

    /** What is not JSON, for messages: where in the text from {@code from} to {@code to}, and what stands there. */
    static String notJson(JsonProcessingException e, byte[] bytes, int from, int to) {
        if (e instanceof JsonEOFException) {
            return "the text ends within the JSON (expected: one whole JSON value)";
        }
        long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
        int at = (int) Math.min(from + offset, to);
        return "not JSON at byte " + (at - from + 1) + ", near " + excerpt(bytes, Math.max(from, at - 1), to)
                + " (expected: one JSON value in UTF-8)";
    }

    private static String excerpt(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, EXCERPT_BYTES);
        return Shown.text(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    /** The value the parser stands on, for messages, as it was written. */
    static String shown(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> "{…}";
            case START_ARRAY -> "[…]";
            case VALUE_STRING -> Shown.text(parser.getText());
            default -> Shown.raw(parser.getText());
        };
    }
}
