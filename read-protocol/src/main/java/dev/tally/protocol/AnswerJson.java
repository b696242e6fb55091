package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link Answer} as JSON: {@code {"given":…,"asOf":{…}}} or {@code {"missing":{a result}}}. */
final class AnswerJson<T> {
    private static final String GIVEN = "given";
    private static final String AS_OF = "asOf";
    private static final String MISSING = "missing";

    /** Writes and reads a value. For a read, the parser is at the first token of the value. */
    interface Codec<T> {
        void write(T value, JsonGenerator out) throws IOException;

        T read(JsonParser in) throws IOException, MalformedAnswerException;
    }

    private final Codec<T> codec;
    private @Nullable T given;
    private @Nullable AsOf asOf;
    private @Nullable ReadResult missing;

    private AnswerJson(Codec<T> codec) {
        this.codec = codec;
    }

    static <T> byte[] write(Answer<T> answer, Codec<T> codec) {
        return Json.write(out -> {
            out.writeStartObject();
            if (answer instanceof Answer.Given<T> given) {
                out.writeFieldName(GIVEN);
                codec.write(given.value(), out);
                AsOfJson.write(AS_OF, given.asOf(), out);
            } else if (answer instanceof Answer.Missing<T> missing) {
                out.writeFieldName(MISSING);
                ReadResultJson.write(missing.why(), out);
            }
            out.writeEndObject();
        });
    }

    static <T> Answer<T> parse(byte[] json, Codec<T> codec) throws MalformedAnswerException {
        return Json.parse(json, in -> new AnswerJson<>(codec).read(in));
    }

    private Answer<T> read(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            switch (name) {
                case GIVEN -> given = codec.read(in);
                case AS_OF -> asOf = AsOfJson.read(in);
                case MISSING -> missing = ReadResultJson.read(in);
                default -> throw Json.unknownField(name);
            }
        });
        if (missing == null) {
            return new Answer.Given<>(Json.required(given, GIVEN), Json.required(asOf, AS_OF));
        } else if (given != null || asOf != null || missing instanceof ReadResult.Found) {
            throw new MalformedAnswerException("given and missing at once");
        }
        return new Answer.Missing<>(missing);
    }

    /** Reads the array at the parser. For each element, {@code element} is called with the parser at its first token. */
    static void array(JsonParser in, Element element) throws IOException, MalformedAnswerException {
        Json.expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    interface Element {
        void read() throws IOException, MalformedAnswerException;
    }
}
