package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.read.Receipt;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.standalone.audit.AuditReport;
import dev.tally.standalone.audit.CounterValue;
import dev.tally.standalone.audit.Mismatch;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of an audit as text. */
final class AuditLines {

    private static final String NONE = "-";
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private AuditLines() {}

    /**
     * A line for each mismatch, and a summary. The columns, between tabs: counter, live total, counted total, receipt, live
     * {@code updatedAt}, counted {@code updatedAt}; a dash for a counter that does not exist.
     */
    static List<String> text(AuditReport report) {
        List<String> lines = new ArrayList<>();
        for (Mismatch each : report.shown()) {
            String receipt = receipt(each.at());
            lines.add(String.join(
                    "\t",
                    each.counter(),
                    total(each.live()),
                    total(each.counted()),
                    receipt == null ? NONE : receipt,
                    time(each.live()),
                    time(each.counted())));
        }
        int shown = report.shown().size();
        lines.add(report.counters() + " counters, " + report.events() + " events, " + report.mismatches()
                + " mismatches" + (shown < report.mismatches() ? " (the first " + shown + " are shown)" : ""));
        return lines;
    }

    /** One JSON object. */
    static String json(AuditReport report) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("counters").value(report.counters());
        json.name("events").value(report.events());
        json.name("mismatches").value(report.mismatches());
        json.name("shown").beginArray();
        for (Mismatch each : report.shown()) {
            json.beginObject();
            json.name("counter").value(each.counter());
            write("live", each.live(), json);
            write("counted", each.counted(), json);
            json.name("receipt").value(receipt(each.at()));
            json.endObject();
        }
        return new String(json.endArray().endObject().toBytes(), UTF_8);
    }

    private static void write(String name, @Nullable CounterValue value, JsonWriter json) {
        json.name(name);
        if (value == null) {
            json.value((String) null);
            return;
        }
        json.beginObject();
        json.name("total").value(value.total());
        json.name("updatedAt").value(Instant.ofEpochMilli(value.updatedAtMillis()));
        json.endObject();
    }

    /** Null if the partition had no event. */
    private static @Nullable String receipt(Receipt at) {
        return at.offset() < 0 ? null : at.toString();
    }

    private static String total(@Nullable CounterValue value) {
        return value == null ? NONE : Long.toString(value.total());
    }

    private static String time(@Nullable CounterValue value) {
        return value == null ? NONE : TIME.format(Instant.ofEpochMilli(value.updatedAtMillis()));
    }
}
