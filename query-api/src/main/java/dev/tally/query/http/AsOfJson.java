package dev.tally.query.http;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** How fresh an answer is, as JSON. */
final class AsOfJson {
    private AsOfJson() {}

    /** The receipt in the form that clients see; null while the partition is empty. */
    static @Nullable String receipt(AsOf asOf) {
        Receipt receipt = asOf.receipt();
        return receipt == null ? null : receipt.toString();
    }

    /** Writes the name {@code asOf} and its object. */
    static void write(AsOf asOf, JsonWriter json) {
        write(asOf, receipt(asOf), json);
    }

    /** The same, for callers that already have the text of the receipt. */
    static void write(AsOf asOf, @Nullable String receipt, JsonWriter json) {
        json.name("asOf").beginObject();
        json.name("receipt").value(receipt);
        json.name("time").value(asOf.time());
        Long lag = asOf.lag();
        json.name("lag");
        if (lag == null) {
            json.nullValue();
        } else {
            json.value(lag.longValue());
        }
        json.name("role").value(asOf.role() == AsOf.Role.ACTIVE ? "active" : "standby");
        json.name("checkedAt").value(asOf.checkedAt());
        json.endObject();
    }
}
