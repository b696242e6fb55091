package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.Operation;
import dev.tally.protocol.Fields.Field;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.Receipt;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads what results contain. */
final class ValueJson {
    /** {@code {"earliest":…,"buckets":[number,delta,number,delta,…]}}. */
    static final Codec<History> HISTORY = new Codec<>(ValueJson::writeHistory, ValueJson::history);
    /** One object with its numbers, the two events, and the owner, which may be null. */
    static final Codec<Explanation> EXPLANATION = new Codec<>(ValueJson::writeExplanation, ValueJson::explanation);
    /** {@code {"counters":[name,total,updatedAt,name,…],"upTo":…}}. */
    static final Codec<CounterPage> PAGE = new Codec<>(ValueJson::writePage, ValueJson::page);
    /** {@code {"partition":…,"offset":…,"operation":"add","value":…}}. */
    static final Codec<AppliedEvent> APPLIED_EVENT = new Codec<>(ValueJson::writeAppliedEvent, ValueJson::appliedEvent);

    /** Maximum digits of a delta. The sum of 2^63 64-bit numbers has fewer. */
    private static final int DIGITS_MAX = 39;

    private static final Field<Long> EARLIEST = new Field<>("earliest", Json::numberOrNull);
    private static final Field<List<History.Bucket>> BUCKETS = new Field<>("buckets", ValueJson::buckets);

    private static final Field<Long> TOTAL = number("total");
    private static final Field<Long> ADDS = number("adds");
    private static final Field<Long> SETS = number("sets");
    private static final Field<Long> DELETES = number("deletes");
    private static final Field<Long> DUPLICATES = number("duplicates");
    private static final Field<Integer> PARTITION = new Field<>("partition", Json::partition);
    private static final Field<Long> FIRST_OFFSET = number("firstOffset");
    private static final Field<Long> FIRST_TIME = number("firstTime");
    private static final Field<Long> LAST_OFFSET = number("lastOffset");
    private static final Field<Long> LAST_TIME = number("lastTime");
    private static final Field<String> OWNER = new Field<>("owner", Json::stringOrNull);

    private static final Field<List<CounterPage.Entry>> COUNTERS = new Field<>("counters", ValueJson::counters);
    private static final Field<String> UP_TO = new Field<>("upTo", Json::stringOrNull);

    private static final Field<Integer> EVENT_PARTITION = new Field<>("partition", Json::smallNumber);
    private static final Field<Long> OFFSET = number("offset");
    private static final Field<Operation> OPERATION = new Field<>("operation", ValueJson::operation);
    private static final Field<Long> VALUE = number("value");

    private static final List<Field<?>> HISTORY_FIELDS = List.of(EARLIEST, BUCKETS);
    private static final List<Field<?>> EXPLANATION_FIELDS = List.of(
            TOTAL, ADDS, SETS, DELETES, DUPLICATES, PARTITION, FIRST_OFFSET, FIRST_TIME, LAST_OFFSET, LAST_TIME, OWNER);
    private static final List<Field<?>> PAGE_FIELDS = List.of(COUNTERS, UP_TO);
    private static final List<Field<?>> APPLIED_EVENT_FIELDS = List.of(EVENT_PARTITION, OFFSET, OPERATION, VALUE);

    private ValueJson() {}

    private static Field<Long> number(String name) {
        return new Field<>(name, Json::number);
    }

    private static void writeHistory(History history, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(EARLIEST.name());
        Long earliest = history.earliest();
        if (earliest == null) {
            out.writeNull();
        } else {
            out.writeNumber(earliest);
        }
        out.writeArrayFieldStart(BUCKETS.name());
        for (History.Bucket bucket : history.buckets()) {
            out.writeNumber(bucket.number());
            out.writeNumber(bucket.delta());
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static History history(JsonParser in) throws IOException, MalformedAnswerException {
        Fields fields = Fields.read(in, HISTORY_FIELDS);
        return new History(fields.getOrNull(EARLIEST), fields.get(BUCKETS));
    }

    private static List<History.Bucket> buckets(JsonParser in) throws IOException, MalformedAnswerException {
        List<History.Bucket> buckets = new ArrayList<>();
        Json.array(in, () -> {
            long number = Json.number(in);
            if (!buckets.isEmpty() && buckets.get(buckets.size() - 1).number() >= number) {
                throw new MalformedAnswerException("buckets that do not ascend");
            }
            in.nextToken();
            buckets.add(new History.Bucket(number, delta(in)));
        });
        return buckets;
    }

    private static BigInteger delta(JsonParser in) throws IOException, MalformedAnswerException {
        Json.expect(in, JsonToken.VALUE_NUMBER_INT);
        if (in.getTextLength() > DIGITS_MAX) {
            throw new MalformedAnswerException("a delta of " + in.getTextLength() + " digits");
        }
        return in.getBigIntegerValue();
    }

    private static void writeExplanation(Explanation explanation, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField(TOTAL.name(), explanation.total());
        out.writeNumberField(ADDS.name(), explanation.adds());
        out.writeNumberField(SETS.name(), explanation.sets());
        out.writeNumberField(DELETES.name(), explanation.deletes());
        out.writeNumberField(DUPLICATES.name(), explanation.duplicates());
        out.writeNumberField(PARTITION.name(), explanation.first().receipt().partition());
        out.writeNumberField(FIRST_OFFSET.name(), explanation.first().receipt().offset());
        out.writeNumberField(FIRST_TIME.name(), explanation.first().time().toEpochMilli());
        out.writeNumberField(LAST_OFFSET.name(), explanation.last().receipt().offset());
        out.writeNumberField(LAST_TIME.name(), explanation.last().time().toEpochMilli());
        out.writeStringField(OWNER.name(), explanation.owner());
        out.writeEndObject();
    }

    private static Explanation explanation(JsonParser in) throws IOException, MalformedAnswerException {
        Fields fields = Fields.read(in, EXPLANATION_FIELDS);
        return new Explanation(
                fields.get(TOTAL),
                fields.get(ADDS),
                fields.get(SETS),
                fields.get(DELETES),
                fields.get(DUPLICATES),
                point(fields, FIRST_OFFSET, FIRST_TIME),
                point(fields, LAST_OFFSET, LAST_TIME),
                fields.getOrNull(OWNER));
    }

    private static Explanation.Point point(Fields fields, Field<Long> offset, Field<Long> time)
            throws MalformedAnswerException {
        return new Explanation.Point(
                new Receipt(fields.get(PARTITION), fields.get(offset)), Instant.ofEpochMilli(fields.get(time)));
    }

    private static void writePage(CounterPage page, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart(COUNTERS.name());
        for (CounterPage.Entry entry : page.counters()) {
            out.writeString(entry.counter());
            out.writeNumber(entry.total());
            out.writeNumber(entry.updatedAt().toEpochMilli());
        }
        out.writeEndArray();
        out.writeStringField(UP_TO.name(), page.upTo());
        out.writeEndObject();
    }

    private static CounterPage page(JsonParser in) throws IOException, MalformedAnswerException {
        Fields fields = Fields.read(in, PAGE_FIELDS);
        return new CounterPage(fields.get(COUNTERS), fields.getOrNull(UP_TO));
    }

    private static List<CounterPage.Entry> counters(JsonParser in) throws IOException, MalformedAnswerException {
        List<CounterPage.Entry> counters = new ArrayList<>();
        Json.array(in, () -> {
            String counter = Json.string(in);
            in.nextToken();
            long total = Json.number(in);
            in.nextToken();
            counters.add(new CounterPage.Entry(counter, total, Instant.ofEpochMilli(Json.number(in))));
        });
        return counters;
    }

    private static void writeAppliedEvent(AppliedEvent event, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField(EVENT_PARTITION.name(), event.receipt().partition());
        out.writeNumberField(OFFSET.name(), event.receipt().offset());
        out.writeStringField(
                OPERATION.name(), OperationText.word(event.content().operation()));
        out.writeNumberField(VALUE.name(), event.content().value());
        out.writeEndObject();
    }

    private static AppliedEvent appliedEvent(JsonParser in) throws IOException, MalformedAnswerException {
        Fields fields = Fields.read(in, APPLIED_EVENT_FIELDS);
        return new AppliedEvent(
                new Receipt(fields.get(EVENT_PARTITION), fields.get(OFFSET)),
                new EventContent(fields.get(OPERATION), fields.get(VALUE)));
    }

    private static Operation operation(JsonParser in) throws IOException, MalformedAnswerException {
        String word = Json.string(in);
        Operation operation = OperationText.ofWord(word);
        if (operation == null) {
            throw new MalformedAnswerException("unknown operation " + word);
        }
        return operation;
    }
}
