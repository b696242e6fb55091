package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link AsOf} as JSON. */
final class AsOfJson {
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
