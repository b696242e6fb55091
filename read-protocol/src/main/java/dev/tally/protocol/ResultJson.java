package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Elsewhere;
import dev.tally.schemas.read.ReadResult.Found;
import dev.tally.schemas.read.ReadResult.Missing;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.ReadResult.Unknown;
import dev.tally.schemas.read.Total;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes and reads an object with a status: the result of a read of a total, or any result without a value. */
final class ResultJson {
    static final Codec<ReadResult<Total>> TOTAL = new Codec<>(ResultJson::writeResult, ResultJson::readTotal);

    private static final String STATUS = "status";
    private static final String TOTAL_FIELD = "total";
    private static final String UPDATED_AT = "updatedAt";
    private static final String AS_OF = "asOf";
    private static final String OWNER = "owner";
    private static final String REASON = "reason";
    private static final String OUTCOME = "fate";
    private static final String FIRST = "first";
    private static final String WHY = "why";

    private final Set<String> fields = new HashSet<>();
    private @Nullable String status;
    private long total;
    private long updatedAt;
    private @Nullable AsOf asOf;
    private @Nullable String owner;
    private @Nullable String reason;
    private @Nullable EventOutcome outcome;
    private @Nullable AppliedEvent first;
    private ReadResult.@Nullable Why why;

    private ResultJson() {}

    private static void writeResult(ReadResult<Total> result, JsonGenerator out) throws IOException {
        if (result instanceof Found<Total> found) {
            out.writeStartObject();
            out.writeStringField(STATUS, "found");
            out.writeNumberField(TOTAL_FIELD, found.value().total());
            out.writeNumberField(UPDATED_AT, found.value().updatedAt().toEpochMilli());
            AsOfJson.write(AS_OF, found.asOf(), out);
            writeOutcome(found.outcome(), found.first(), out);
            out.writeEndObject();
        } else if (result instanceof Missing<Total> missing) {
            write(missing, out);
        }
    }

    static void write(Missing<?> missing, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (missing instanceof Unknown<?> unknown) {
            out.writeStringField(STATUS, "unknown");
            AsOfJson.write(AS_OF, unknown.asOf(), out);
            writeOutcome(unknown.outcome(), unknown.first(), out);
        } else if (missing instanceof Elsewhere<?> elsewhere) {
            out.writeStringField(STATUS, "elsewhere");
            out.writeStringField(OWNER, elsewhere.owner());
        } else if (missing instanceof NotReady<?> notReady) {
            out.writeStringField(STATUS, "not_ready");
            out.writeStringField(REASON, notReady.reason());
        } else if (missing instanceof NotReached<?> notReached) {
            out.writeStringField(STATUS, "not_reached");
            out.writeStringField(WHY, name(notReached.why()));
            out.writeStringField(REASON, notReached.detail());
        }
        out.writeEndObject();
    }

    private static void writeOutcome(@Nullable EventOutcome outcome, @Nullable AppliedEvent first, JsonGenerator out)
            throws IOException {
        if (outcome != null) {
            out.writeStringField(OUTCOME, name(outcome));
        }
        if (first != null) {
            out.writeFieldName(FIRST);
            ValueJson.APPLIED_EVENT.write(first, out);
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) throws MalformedAnswerException {
        for (E each : type.getEnumConstants()) {
            if (name(each).equals(name)) {
                return each;
            }
        }
        throw new MalformedAnswerException("unknown " + type.getSimpleName() + " " + name);
    }

    private static ReadResult<Total> readTotal(JsonParser in) throws IOException, MalformedAnswerException {
        ResultJson json = new ResultJson();
        json.readFields(in);
        return "found".equals(json.status) ? json.found() : json.missing();
    }

    /** Reads the object at the parser. A total is malformed. */
    static <T> Missing<T> read(JsonParser in) throws IOException, MalformedAnswerException {
        ResultJson json = new ResultJson();
        json.readFields(in);
        return json.missing();
    }

    private void readFields(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            fields.add(name);
            switch (name) {
                case STATUS -> status = Json.string(in);
                case TOTAL_FIELD -> total = Json.number(in);
                case UPDATED_AT -> updatedAt = Json.number(in);
                case AS_OF -> asOf = AsOfJson.read(in);
                case OWNER -> owner = Json.stringOrNull(in);
                case REASON -> reason = Json.string(in);
                case OUTCOME -> outcome = constant(EventOutcome.class, Json.string(in));
                case FIRST -> first = ValueJson.APPLIED_EVENT.read(in);
                case WHY -> why = constant(ReadResult.Why.class, Json.string(in));
                default -> throw Json.unknownField(name);
            }
        });
    }

    private Found<Total> found() throws MalformedAnswerException {
        expectFirstIfReused();
        expectFields(TOTAL_FIELD, UPDATED_AT, AS_OF);
        return new Found<>(
                new Total(total, Instant.ofEpochMilli(updatedAt)), Json.required(asOf, AS_OF), outcome, first);
    }

    private <T> Missing<T> missing() throws MalformedAnswerException {
        return switch (Json.required(status, STATUS)) {
            case "unknown" -> {
                expectFirstIfReused();
                expectFields(AS_OF);
                yield new Unknown<>(Json.required(asOf, AS_OF), outcome, first);
            }
            case "elsewhere" -> {
                expectFields(OWNER);
                yield new Elsewhere<>(owner);
            }
            case "not_ready" -> {
                expectFields(REASON);
                yield new NotReady<>(Json.required(reason, REASON));
            }
            case "not_reached" -> {
                expectFields(WHY, REASON);
                yield new NotReached<>(Json.required(why, WHY), Json.required(reason, REASON));
            }
            default -> throw new MalformedAnswerException("unexpected status " + status);
        };
    }

    private void expectFirstIfReused() throws MalformedAnswerException {
        if ((outcome == EventOutcome.ID_REUSED) != (first != null)) {
            throw new MalformedAnswerException("another outcome than " + FIRST + " goes with");
        }
        fields.remove(OUTCOME);
        fields.remove(FIRST);
    }

    /** Rejects an answer whose fields do not match its status, such as a total without its asOf. */
    private void expectFields(String... expected) throws MalformedAnswerException {
        fields.remove(STATUS);
        if (!fields.equals(Set.of(expected))) {
            throw new MalformedAnswerException("other fields than those of " + status);
        }
    }
}
