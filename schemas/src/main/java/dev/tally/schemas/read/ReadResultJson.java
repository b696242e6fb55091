package dev.tally.schemas.read;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link ReadResult} as JSON, both ways. */
final class ReadResultJson {
    private static final String STATUS = "status";
    private static final String TOTAL = "total";
    private static final String UPDATED_AT = "updatedAt";
    private static final String AS_OF = "asOf";
    private static final String OWNER = "owner";
    private static final String REASON = "reason";
    private static final String FATE = "fate";
    private static final String WHY = "why";

    private final Set<String> fields = new HashSet<>();
    private @Nullable String status;
    private long total;
    private long updatedAt;
    private @Nullable AsOf asOf;
    private @Nullable String owner;
    private @Nullable String reason;
    private @Nullable Fate fate;
    private ReadResult.@Nullable Why why;

    private ReadResultJson() {}

    static byte[] write(ReadResult result) {
        return Json.write(out -> {
            out.writeStartObject();
            if (result instanceof ReadResult.Found found) {
                out.writeStringField(STATUS, "found");
                out.writeNumberField(TOTAL, found.total());
                out.writeNumberField(UPDATED_AT, found.updatedAt().toEpochMilli());
                AsOfJson.write(AS_OF, found.asOf(), out);
                writeFate(found.fate(), out);
            } else if (result instanceof ReadResult.Unknown unknown) {
                out.writeStringField(STATUS, "unknown");
                AsOfJson.write(AS_OF, unknown.asOf(), out);
                writeFate(unknown.fate(), out);
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
        });
    }

    private static void writeFate(@Nullable Fate fate, JsonGenerator out) throws IOException {
        if (fate != null) {
            out.writeStringField(FATE, name(fate));
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
        return Json.parse(json, in -> new ReadResultJson().read(in));
    }

    private ReadResult read(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            fields.add(name);
            switch (name) {
                case STATUS -> status = Json.string(in);
                case TOTAL -> total = Json.number(in);
                case UPDATED_AT -> updatedAt = Json.number(in);
                case AS_OF -> asOf = AsOfJson.read(in);
                case OWNER -> owner = Json.stringOrNull(in);
                case REASON -> reason = Json.string(in);
                case FATE -> fate = constant(Fate.class, Json.string(in));
                case WHY -> why = constant(ReadResult.Why.class, Json.string(in));
                default -> throw Json.unknownField(name);
            }
        });
        return switch (Json.required(status, STATUS)) {
            case "found" -> {
                fields.remove(FATE);
                expectFields(TOTAL, UPDATED_AT, AS_OF);
                yield new ReadResult.Found(total, Instant.ofEpochMilli(updatedAt), Json.required(asOf, AS_OF), fate);
            }
            case "unknown" -> {
                fields.remove(FATE);
                expectFields(AS_OF);
                yield new ReadResult.Unknown(Json.required(asOf, AS_OF), fate);
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

    /** A total that came without its asOf, or a status with another's fields, is no answer to build on. */
    private void expectFields(String... expected) throws MalformedAnswerException {
        fields.remove(STATUS);
        if (!fields.equals(Set.of(expected))) {
            throw new MalformedAnswerException("other fields than those of " + status);
        }
    }

    /** {@link AsOf} as JSON, both ways. */
    private static final class AsOfJson {
        private @Nullable Integer partition;
        private @Nullable Long offset;
        private @Nullable Long time;
        private @Nullable Long lag;
        private AsOf.@Nullable Role role;
        private @Nullable Long checkedAt;
        private int count;

        static void write(String name, AsOf asOf, JsonGenerator out) throws IOException {
            Receipt receipt = asOf.receipt();
            Instant time = asOf.time();
            Long lag = asOf.lag();
            out.writeObjectFieldStart(name);
            if (receipt == null || time == null) {
                out.writeNullField("partition");
                out.writeNullField("offset");
                out.writeNullField("time");
            } else {
                out.writeNumberField("partition", receipt.partition());
                out.writeNumberField("offset", receipt.offset());
                out.writeNumberField("time", time.toEpochMilli());
            }
            if (lag == null) {
                out.writeNullField("lag");
            } else {
                out.writeNumberField("lag", lag);
            }
            out.writeStringField("role", asOf.role() == AsOf.Role.ACTIVE ? "active" : "standby");
            out.writeNumberField("checkedAt", asOf.checkedAt().toEpochMilli());
            out.writeEndObject();
        }

        static AsOf read(JsonParser in) throws IOException, MalformedAnswerException {
            return new AsOfJson().readFields(in);
        }

        private AsOf readFields(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                count++;
                switch (name) {
                    case "partition" -> partition = Json.smallNumberOrNull(in);
                    case "offset" -> offset = Json.numberOrNull(in);
                    case "time" -> time = Json.numberOrNull(in);
                    case "lag" -> lag = Json.numberOrNull(in);
                    case "role" -> role = role(Json.string(in));
                    case "checkedAt" -> checkedAt = Json.number(in);
                    default -> throw Json.unknownField(name);
                }
            });
            if (count != 6) {
                throw new MalformedAnswerException("an incomplete asOf");
            }
            Instant checked = Instant.ofEpochMilli(Json.required(checkedAt, "checkedAt"));
            AsOf.Role asked = Json.required(role, "role");
            if (partition != null && offset != null && time != null) {
                return new AsOf(new Receipt(partition, offset), Instant.ofEpochMilli(time), lag, asked, checked);
            } else if (partition == null && offset == null && time == null) {
                return new AsOf(null, null, lag, asked, checked);
            }
            throw new MalformedAnswerException("half a receipt");
        }

        private static AsOf.Role role(String role) throws MalformedAnswerException {
            return switch (role) {
                case "active" -> AsOf.Role.ACTIVE;
                case "standby" -> AsOf.Role.STANDBY;
                default -> throw new MalformedAnswerException("unknown role " + role);
            };
        }
    }
}
