package dev.tally.query.http;

import dev.tally.query.list.Cursor;
import dev.tally.query.list.JointAsOf;
import dev.tally.query.list.MergedList;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.PageQuery;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.response.Response;

/** Writes a list of counters as the response of its endpoint. */
final class ListJson {
    /** Buffer size for a counter with a name of common length. */
    private static final int COUNTER_BYTES = 128;

    private ListJson() {}

    static Response response(PageQuery page, MergedList list, JointAsOf asOf, boolean numbersAsStrings) {
        JsonWriter json = new JsonWriter(CounterJson.FIELDS_BYTES
                        + COUNTER_BYTES * list.counters().size())
                .beginObject();
        json.name("namespace").value(page.namespace());
        json.name("counters").beginArray();
        for (CounterPage.Entry entry : list.counters()) {
            json.beginObject();
            json.name("counter").value(entry.counter());
            CounterJson.writeTotal(entry.total(), numbersAsStrings, json);
            json.name("updatedAt").value(entry.updatedAt());
            json.endObject();
        }
        json.endArray();
        String beyond = list.beyond();
        json.name("next").value(beyond == null ? null : Cursor.of(beyond));
        AsOfJson.write(asOf.rest(), asOf.receipt(), json);
        Response response = Response.json(200, json.endObject()).noStore();
        return TallyReceipt.put(response, asOf.receipt());
    }
}
