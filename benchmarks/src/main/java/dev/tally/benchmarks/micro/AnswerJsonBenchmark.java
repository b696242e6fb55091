package dev.tally.benchmarks.micro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.json.UtcTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes the JSON of the answers to one POST and to one GET, with our writer and with Jackson's generator. */
@State(Scope.Thread)
public class AnswerJsonBenchmark {
    private static final JsonFactory JACKSON =
            JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();
    private static final int POST_BYTES = 128;
    private static final int GET_BYTES = 256;

    private String namespace = "shop";
    private String counter = "cart-0123456789";
    private String receipt = "3-1234567890";
    private long total = 1_234_567_890L;
    private long time = 1_795_000_000_123L;

    @Benchmark
    public ByteBuffer postByOurWriter() {
        return new JsonWriter(POST_BYTES)
                .beginObject()
                .name("namespace")
                .value(namespace)
                .name("counter")
                .value(counter)
                .name("delta")
                .value(1)
                .name("receipt")
                .value(receipt)
                .endObject()
                .toBuffer();
    }

    @Benchmark
    public ByteBuffer postByJackson() throws IOException {
        Bytes bytes = new Bytes(POST_BYTES);
        try (JsonGenerator json = JACKSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("namespace", namespace);
            json.writeStringField("counter", counter);
            json.writeNumberField("delta", 1);
            json.writeStringField("receipt", receipt);
            json.writeEndObject();
        }
        return bytes.toBuffer();
    }

    @Benchmark
    public ByteBuffer getByOurWriter() {
        return new JsonWriter(GET_BYTES)
                .beginObject()
                .name("namespace")
                .value(namespace)
                .name("counter")
                .value(counter)
                .name("total")
                .value(total)
                .name("asOf")
                .beginObject()
                .name("receipt")
                .value(receipt)
                .name("time")
                .time(time)
                .endObject()
                .endObject()
                .toBuffer();
    }

    @Benchmark
    public ByteBuffer getByJackson() throws IOException {
        Bytes bytes = new Bytes(GET_BYTES);
        try (JsonGenerator json = JACKSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("namespace", namespace);
            json.writeStringField("counter", counter);
            json.writeNumberField("total", total);
            json.writeObjectFieldStart("asOf");
            json.writeStringField("receipt", receipt);
            json.writeStringField("time", UtcTime.format(time));
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toBuffer();
    }

    /** Gives away its array without a copy, as our writer does. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int size) {
            super(size);
        }

        ByteBuffer toBuffer() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
