package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.Receipt;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Explanation} as JSON: one object with its numbers, the two events, and the owner, which may be null. */
final class ExplanationCodec implements AnswerJson.Codec<Explanation> {
    private static final String OWNER = "owner";
    private static final List<String> NUMBERS = List.of(
            "total",
            "adds",
            "sets",
            "deletes",
            "duplicates",
            "partition",
            "firstOffset",
            "firstTime",
            "lastOffset",
            "lastTime");

    @Override
    public void write(Explanation explanation, JsonGenerator out) throws IOException {
        long[] numbers = {
            explanation.total(),
            explanation.adds(),
            explanation.sets(),
            explanation.deletes(),
            explanation.duplicates(),
            explanation.first().receipt().partition(),
            explanation.first().receipt().offset(),
            explanation.first().time().toEpochMilli(),
            explanation.last().receipt().offset(),
            explanation.last().time().toEpochMilli()
        };
        out.writeStartObject();
        for (int i = 0; i < numbers.length; i++) {
            out.writeNumberField(NUMBERS.get(i), numbers[i]);
        }
        out.writeStringField(OWNER, explanation.owner());
        out.writeEndObject();
    }

    @Override
    public Explanation read(JsonParser in) throws IOException, MalformedAnswerException {
        return new Fields().read(in);
    }

    private static final class Fields {
        private final Map<String, Long> numbers = new HashMap<>();
        private @Nullable String owner;
        private boolean ownerGiven;

        private Explanation read(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                if (name.equals(OWNER)) {
                    owner = Json.stringOrNull(in);
                    ownerGiven = true;
                } else if (NUMBERS.contains(name)) {
                    numbers.put(name, Json.number(in));
                } else {
                    throw Json.unknownField(name);
                }
            });
            if (!ownerGiven) {
                throw new MalformedAnswerException("no " + OWNER);
            }
            return new Explanation(
                    number("total"),
                    number("adds"),
                    number("sets"),
                    number("deletes"),
                    number("duplicates"),
                    point("firstOffset", "firstTime"),
                    point("lastOffset", "lastTime"),
                    owner);
        }

        private Explanation.Point point(String offset, String time) throws MalformedAnswerException {
            long partition = number("partition");
            if (partition < 0 || partition > Integer.MAX_VALUE) {
                throw new MalformedAnswerException("a partition that cannot be");
            }
            return new Explanation.Point(
                    new Receipt((int) partition, number(offset)), Instant.ofEpochMilli(number(time)));
        }

        private long number(String name) throws MalformedAnswerException {
            return Json.required(numbers.get(name), name);
        }
    }
}
