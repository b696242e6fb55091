package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.CounterPage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CounterPage} as JSON: {@code {"counters":[name,total,updatedAt,name,…],"upTo":…}}. */
final class CounterPageCodec implements AnswerJson.Codec<CounterPage> {
    private static final String COUNTERS = "counters";
    private static final String UP_TO = "upTo";

    @Override
    public void write(CounterPage page, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart(COUNTERS);
        for (CounterPage.Entry entry : page.counters()) {
            out.writeString(entry.counter());
            out.writeNumber(entry.total());
            out.writeNumber(entry.updatedAt().toEpochMilli());
        }
        out.writeEndArray();
        out.writeStringField(UP_TO, page.upTo());
        out.writeEndObject();
    }

    @Override
    public CounterPage read(JsonParser in) throws IOException, MalformedAnswerException {
        return new Fields().read(in);
    }

    private static final class Fields {
        private @Nullable List<CounterPage.Entry> counters;
        private @Nullable String upTo;
        private boolean upToGiven;

        private CounterPage read(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                switch (name) {
                    case COUNTERS -> counters = counters(in);
                    case UP_TO -> {
                        upTo = Json.stringOrNull(in);
                        upToGiven = true;
                    }
                    default -> throw Json.unknownField(name);
                }
            });
            if (!upToGiven) {
                throw new MalformedAnswerException("no " + UP_TO);
            }
            return new CounterPage(Json.required(counters, COUNTERS), upTo);
        }

        private static List<CounterPage.Entry> counters(JsonParser in) throws IOException, MalformedAnswerException {
            List<CounterPage.Entry> counters = new ArrayList<>();
            AnswerJson.array(in, () -> {
                String counter = Json.string(in);
                in.nextToken();
                long total = Json.number(in);
                in.nextToken();
                counters.add(new CounterPage.Entry(counter, total, Instant.ofEpochMilli(Json.number(in))));
            });
            return counters;
        }
    }
}
