package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.Operation;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.Receipt;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link AppliedEvent} as JSON. */
final class AppliedEventJson {
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String OPERATION = "operation";
    private static final String VALUE = "value";

    private @Nullable Integer partition;
    private @Nullable Long offset;
    private @Nullable String operation;
    private @Nullable Long value;

    private AppliedEventJson() {}

    static void write(String name, AppliedEvent event, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField(PARTITION, event.receipt().partition());
        out.writeNumberField(OFFSET, event.receipt().offset());
        out.writeStringField(OPERATION, OperationText.word(event.content().operation()));
        out.writeNumberField(VALUE, event.content().value());
        out.writeEndObject();
    }

    static AppliedEvent read(JsonParser in) throws IOException, MalformedAnswerException {
        return new AppliedEventJson().readFields(in);
    }

    private AppliedEvent readFields(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            switch (name) {
                case PARTITION -> partition = Json.smallNumber(in);
                case OFFSET -> offset = Json.number(in);
                case OPERATION -> operation = Json.string(in);
                case VALUE -> value = Json.number(in);
                default -> throw Json.unknownField(name);
            }
        });
        Operation known = OperationText.ofWord(Json.required(operation, OPERATION));
        if (known == null) {
            throw new MalformedAnswerException("unknown operation " + operation);
        }
        return new AppliedEvent(
                new Receipt(Json.required(partition, PARTITION), Json.required(offset, OFFSET)),
                new EventContent(known, Json.required(value, VALUE)));
    }
}
