package dev.tally.schemas.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tally.schemas.wire.SchemaLookup;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of one topic as lines. A record that cannot be decoded is a line that says so. Not thread-safe. */
public sealed interface RecordLines permits EventLines, TotalLines, RejectedLines {
    /** The columns of the line, separated by tabs. */
    String columns(ConsumerRecord<byte[], byte[]> record);

    /** Writes the fields of the line's JSON object. */
    void fields(ConsumerRecord<byte[], byte[]> record, JsonGenerator out) throws IOException;

    /** Those of {@code tally.events}. */
    static RecordLines ofEvents(SchemaLookup schemas) {
        return new EventLines(schemas);
    }

    /** Those of {@code tally.totals}. */
    static RecordLines ofTotals(SchemaLookup schemas) {
        return new TotalLines(schemas);
    }

    /** Those of {@code tally.events.rejected}, whose values are never decoded. */
    static RecordLines ofRejected() {
        return new RejectedLines();
    }
}
