package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The results of one kind of read as JSON, in the format that {@link ReadProtocol} documents. */
public final class ResultFormat<T> {
    /** The maximum size of the result of a read of a total, in bytes. */
    public static final int TOTAL_BYTES_MAX = 4 * 1024;

    public static final ResultFormat<Total> TOTAL = new ResultFormat<>(ResultJson.TOTAL, TOTAL_BYTES_MAX);
    public static final ResultFormat<History> HISTORY = nested(ValueJson.HISTORY);
    public static final ResultFormat<Explanation> EXPLANATION = nested(ValueJson.EXPLANATION);
    public static final ResultFormat<CounterPage> PAGE = nested(ValueJson.PAGE);

    private static final int NESTED_BYTES_MAX = 1024 * 1024;
    private static final String GIVEN = "given";
    private static final String AS_OF = "asOf";
    private static final String MISSING = "missing";

    private final Codec<ReadResult<T>> codec;
    private final int bytesMax;

    private ResultFormat(Codec<ReadResult<T>> codec, int bytesMax) {
        this.codec = codec;
        this.bytesMax = bytesMax;
    }

    /** {@code {"given":…,"asOf":{…}}} or {@code {"missing":{a result}}}. */
    private static <T> ResultFormat<T> nested(Codec<T> value) {
        return new ResultFormat<>(
                new Codec<>((result, out) -> write(result, value, out), in -> new Nested<>(value).read(in)),
                NESTED_BYTES_MAX);
    }

    /** The maximum size of a result, in bytes. */
    public int bytesMax() {
        return bytesMax;
    }

    public byte[] write(ReadResult<T> result) {
        return codec.toBytes(result);
    }

    /** @throws MalformedAnswerException if the bytes are not exactly one result */
    public ReadResult<T> parse(byte[] json) throws MalformedAnswerException {
        return codec.parse(json);
    }

    private static <T> void write(ReadResult<T> result, Codec<T> codec, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (result instanceof ReadResult.Found<T> found) {
            out.writeFieldName(GIVEN);
            codec.write(found.value(), out);
            AsOfJson.write(AS_OF, found.asOf(), out);
        } else if (result instanceof ReadResult.Missing<T> missing) {
            out.writeFieldName(MISSING);
            ResultJson.write(missing, out);
        }
        out.writeEndObject();
    }

    private static final class Nested<T> {
        private final Codec<T> codec;
        private @Nullable T given;
        private @Nullable AsOf asOf;
        private ReadResult.@Nullable Missing<T> missing;

        private Nested(Codec<T> codec) {
            this.codec = codec;
        }

        private ReadResult<T> read(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                switch (name) {
                    case GIVEN -> given = codec.read(in);
                    case AS_OF -> asOf = AsOfJson.read(in);
                    case MISSING -> missing = ResultJson.read(in);
                    default -> throw Json.unknownField(name);
                }
            });
            if (missing == null) {
                return new ReadResult.Found<>(Json.required(given, GIVEN), Json.required(asOf, AS_OF));
            } else if (given != null || asOf != null) {
                throw new MalformedAnswerException("given and missing at the same time");
            }
            return missing;
        }
    }
}
