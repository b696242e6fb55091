package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.read.History;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link History} as JSON: {@code {"earliest":…,"buckets":[number,delta,number,delta,…]}}. */
final class HistoryCodec implements AnswerJson.Codec<History> {
    private static final String EARLIEST = "earliest";
    private static final String BUCKETS = "buckets";
    /** Maximum digits of a delta. The sum of 2^63 64-bit numbers has fewer. */
    private static final int DIGITS_MAX = 39;

    @Override
    public void write(History history, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(EARLIEST);
        Long earliest = history.earliest();
        if (earliest == null) {
            out.writeNull();
        } else {
            out.writeNumber(earliest);
        }
        out.writeArrayFieldStart(BUCKETS);
        for (History.Bucket bucket : history.buckets()) {
            out.writeNumber(bucket.number());
            out.writeNumber(bucket.delta());
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    @Override
    public History read(JsonParser in) throws IOException, MalformedAnswerException {
        return new Fields().read(in);
    }

    private static final class Fields {
        private @Nullable Long earliest;
        private @Nullable List<History.Bucket> buckets;
        private boolean earliestGiven;

        private History read(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                switch (name) {
                    case EARLIEST -> {
                        earliest = Json.numberOrNull(in);
                        earliestGiven = true;
                    }
                    case BUCKETS -> buckets = buckets(in);
                    default -> throw Json.unknownField(name);
                }
            });
            if (!earliestGiven) {
                throw new MalformedAnswerException("no " + EARLIEST);
            }
            return new History(earliest, Json.required(buckets, BUCKETS));
        }

        private static List<History.Bucket> buckets(JsonParser in) throws IOException, MalformedAnswerException {
            List<History.Bucket> buckets = new ArrayList<>();
            AnswerJson.array(in, () -> {
                long number = Json.number(in);
                if (!buckets.isEmpty() && buckets.get(buckets.size() - 1).number() >= number) {
                    throw new MalformedAnswerException("buckets that do not ascend");
                }
                in.nextToken();
                buckets.add(new History.Bucket(number, delta(in)));
            });
            return buckets;
        }

        private static BigInteger delta(JsonParser in) throws IOException, MalformedAnswerException {
            Json.expect(in, JsonToken.VALUE_NUMBER_INT);
            if (in.getTextLength() > DIGITS_MAX) {
                throw new MalformedAnswerException("a delta of " + in.getTextLength() + " digits");
            }
            return in.getBigIntegerValue();
        }
    }
}
