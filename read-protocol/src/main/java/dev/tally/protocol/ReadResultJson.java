package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadResult;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link ReadResult} as JSON. */
final class ReadResultJson {
    private static final String STATUS = "status";
    private static final String TOTAL = "total";
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

    private ReadResultJson() {}

    static byte[] write(ReadResult result) {
        return Json.write(out -> write(result, out));
    }

    static void write(ReadResult result, JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (result instanceof ReadResult.Found found) {
            out.writeStringField(STATUS, "found");
            out.writeNumberField(TOTAL, found.total());
            out.writeNumberField(UPDATED_AT, found.updatedAt().toEpochMilli());
            AsOfJson.write(AS_OF, found.asOf(), out);
            writeFate(found.outcome(), found.first(), out);
        } else if (result instanceof ReadResult.Unknown unknown) {
            out.writeStringField(STATUS, "unknown");
            AsOfJson.write(AS_OF, unknown.asOf(), out);
            writeFate(unknown.outcome(), unknown.first(), out);
        } else if (result instanceof ReadResult.Elsewhere elsewhere) {
            out.writeStringField(STATUS, "elsewhere");
            out.writeStringField(OWNER, elsewhere.owner());
        } else if (result instanceof ReadResult.NotReady notReady) {
            out.writeStringField(STATUS, "not_ready");
            out.writeStringField(REASON, notReady.reason());
        } else if (result instanceof ReadResult.NotReached notReached) {
            out.writeStringField(STATUS, "not_reached");
            out.writeStringField(WHY, name(notReached.why()));
            out.writeStringField(REASON, notReached.detail());
        }
        out.writeEndObject();
    }

    private static void writeFate(@Nullable EventOutcome outcome, @Nullable AppliedEvent first, JsonGenerator out)
            throws IOException {
        if (outcome != null) {
            out.writeStringField(OUTCOME, name(outcome));
        }
        if (first != null) {
            AppliedEventJson.write(FIRST, first, out);
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

    static ReadResult parse(byte[] json) throws MalformedAnswerException {
        return Json.parse(json, ReadResultJson::read);
    }

    /** Reads the object at the parser. */
    static ReadResult read(JsonParser in) throws IOException, MalformedAnswerException {
        return new ReadResultJson().readFields(in);
    }

    private ReadResult readFields(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            fields.add(name);
            switch (name) {
                case STATUS -> status = Json.string(in);
                case TOTAL -> total = Json.number(in);
                case UPDATED_AT -> updatedAt = Json.number(in);
                case AS_OF -> asOf = AsOfJson.read(in);
                case OWNER -> owner = Json.stringOrNull(in);
                case REASON -> reason = Json.string(in);
                case OUTCOME -> outcome = constant(EventOutcome.class, Json.string(in));
                case FIRST -> first = AppliedEventJson.read(in);
                case WHY -> why = constant(ReadResult.Why.class, Json.string(in));
                default -> throw Json.unknownField(name);
            }
        });
        return switch (Json.required(status, STATUS)) {
            case "found" -> {
                expectFirstIfReused();
                expectFields(TOTAL, UPDATED_AT, AS_OF);
                yield new ReadResult.Found(
                        total, Instant.ofEpochMilli(updatedAt), Json.required(asOf, AS_OF), outcome, first);
            }
            case "unknown" -> {
                expectFirstIfReused();
                expectFields(AS_OF);
                yield new ReadResult.Unknown(Json.required(asOf, AS_OF), outcome, first);
            }
            case "elsewhere" -> {
                expectFields(OWNER);
                yield new ReadResult.Elsewhere(owner);
            }
            case "not_ready" -> {
                expectFields(REASON);
                yield new ReadResult.NotReady(Json.required(reason, REASON));
            }
            case "not_reached" -> {
                expectFields(WHY, REASON);
                yield new ReadResult.NotReached(Json.required(why, WHY), Json.required(reason, REASON));
            }
            default -> throw new MalformedAnswerException("unknown status " + status);
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
