package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One type as JSON. The reader is called with the parser at the first token of the value. */
record Codec<T>(Writer<T> writer, Json.Reader<T> reader) {
    interface Writer<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    void write(T value, JsonGenerator out) throws IOException {
        writer.write(value, out);
    }

    T read(JsonParser in) throws IOException, MalformedAnswerException {
        return reader.read(in);
    }

    byte[] toBytes(T value) {
        return Json.write(out -> writer.write(value, out));
    }

    /** @throws MalformedAnswerException if the bytes are not exactly one such value */
    T parse(byte[] json) throws MalformedAnswerException {
        return Json.parse(json, reader);
    }
}
