package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict JSON, one document at a time: unknown and repeated fields, unexpected types and trailing text are malformed. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    interface Reader<T> {
        T read(JsonParser in) throws IOException, MalformedAnswerException;
    }

    interface Element {
        void read() throws IOException, MalformedAnswerException;
    }

    /** Reads one field of an object. The parser is at its value. */
    interface FieldReader {
        void read(String name) throws IOException, MalformedAnswerException;
    }

    private Json() {}

    static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the target is an array
        }
        return bytes.toByteArray();
    }

    static <T> T parse(byte[] json, Reader<T> reader) throws MalformedAnswerException {
        try (JsonParser in = FACTORY.createParser(text(json))) {
            in.nextToken();
            T value = reader.read(in);
            if (in.nextToken() != null) {
                throw new MalformedAnswerException("text after the end");
            }
            return value;
        } catch (IOException e) {
            throw new MalformedAnswerException("not JSON", e);
        }
    }

    /** Reads the object at the parser. */
    static void object(JsonParser in, FieldReader field) throws IOException, MalformedAnswerException {
        expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            field.read(name);
        }
    }

    /** Reads the array at the parser. For each element, {@code element} is called with the parser at its first token. */
    static void array(JsonParser in, Element element) throws IOException, MalformedAnswerException {
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    static String string(JsonParser in) throws IOException, MalformedAnswerException {
        expect(in, JsonToken.VALUE_STRING);
        return in.getText();
    }

    static @Nullable String stringOrNull(JsonParser in) throws IOException, MalformedAnswerException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : string(in);
    }

    /** A 64-bit whole number. For a larger one Jackson throws an {@link IOException}. */
    static long number(JsonParser in) throws IOException, MalformedAnswerException {
        expect(in, JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    static int smallNumber(JsonParser in) throws IOException, MalformedAnswerException {
        expect(in, JsonToken.VALUE_NUMBER_INT);
        return in.getIntValue();
    }

    /** A 32-bit number that is not negative. */
    static int partition(JsonParser in) throws IOException, MalformedAnswerException {
        int partition = smallNumber(in);
        if (partition < 0) {
            throw new MalformedAnswerException("partition " + partition);
        }
        return partition;
    }

    static @Nullable Integer smallNumberOrNull(JsonParser in) throws IOException, MalformedAnswerException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : Integer.valueOf(smallNumber(in));
    }

    static @Nullable Long numberOrNull(JsonParser in) throws IOException, MalformedAnswerException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : Long.valueOf(number(in));
    }

    static void expect(JsonParser in, JsonToken token) throws MalformedAnswerException {
        if (in.currentToken() != token) {
            throw new MalformedAnswerException("not the JSON expected");
        }
    }

    static MalformedAnswerException unknownField(String name) {
        return new MalformedAnswerException("unknown field " + name);
    }

    /** The value of a required field. */
    static <T> T required(@Nullable T value, String name) throws MalformedAnswerException {
        if (value == null) {
            throw new MalformedAnswerException("no " + name);
        }
        return value;
    }

    /** Decodes strictly with the JDK's decoder, because Jackson accepts some malformed UTF-8. */
    private static String text(byte[] json) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(java.nio.ByteBuffer.wrap(json))
                .toString();
    }
}
