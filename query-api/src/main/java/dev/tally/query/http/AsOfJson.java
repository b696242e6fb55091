package dev.tally.query.http;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.JsonWriter;

/** How fresh an answer is, as JSON. */
final class AsOfJson {
    private AsOfJson() {}

    /** Writes the name {@code asOf} and its object. */
    static void write(AsOf asOf, JsonWriter json) {
        Receipt receipt = asOf.receipt();
        json.name("asOf").beginObject();
        json.name("receipt").value(receipt == null ? null : receipt.toString());
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
