package dev.tally.ingest.http;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.json.JsonWriter;

/**
 * Writes how fresh a total is, as JSON in the same form as query-api. No module may depend on both sides, so each side
 * has its own writer.
 */
final class AsOfJson {
    private AsOfJson() {}

    /** Writes the name {@code asOf} and its object. */
    static void write(AsOf asOf, JsonWriter json) {
        Receipt receipt = asOf.receipt();
        Long lag = asOf.lag();
        json.name("asOf").beginObject();
        json.name("receipt").value(receipt == null ? null : receipt.toString());
        json.name("time").value(asOf.time());
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
