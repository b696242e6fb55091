package dev.tally.schemas.generation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads {@link Generations} as JSON, which the console consumer shows as it is:
 *
 * <pre>{@code
 * {"live":"g1","liveAfter":[],"lastNumber":2,"rounds":1,
 *  "generations":[{"name":"g1","createdAt":"2026-11-30T10:00:00Z",
 *                  "parameters":{"deduplicationWindow":"PT24H","minutes":"PT48H","hours":"PT2160H","days":"PT43824H"},
 *                  "format":5,"unusable":null},…],
 *  "change":{"kind":"rebuild","from":"g1","to":"g2","phase":"comparing","round":1,"acceptDifferences":false,"format":5,
 *            "feedsAfter":[],"buckets":[],"outcome":null,"differences":[]}}
 * }</pre>
 *
 * <p>Fields that this version does not know are ignored, so that a later version can add some.
 */
public final class GenerationsJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** The format of the states that were recorded before records named it. */
    private static final long FIRST_FORMAT = 5;

    private GenerationsJson() {}

    public static byte[] write(Generations generations) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("live", generations.live());
            numbers("liveAfter", generations.liveAfter(), out);
            out.writeNumberField("lastNumber", generations.lastNumber());
            out.writeNumberField("rounds", generations.rounds());
            out.writeArrayFieldStart("generations");
            for (GenerationEntry entry : generations.all()) {
                write(entry, out);
            }
            out.writeEndArray();
            out.writeFieldName("change");
            write(generations.change(), out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the target is an array
        }
        return bytes.toByteArray();
    }

    private static void write(GenerationEntry entry, JsonGenerator out) throws IOException {
        CountingParameters parameters = entry.parameters();
        out.writeStartObject();
        out.writeStringField("name", entry.name());
        out.writeStringField("createdAt", entry.createdAt().toString());
        out.writeObjectFieldStart("parameters");
        out.writeStringField(
                "deduplicationWindow", parameters.deduplicationWindow().toString());
        out.writeStringField("minutes", parameters.minutes().toString());
        out.writeStringField("hours", parameters.hours().toString());
        out.writeStringField("days", parameters.days().toString());
        out.writeEndObject();
        out.writeNumberField("format", entry.format());
        out.writeStringField("unusable", entry.unusable());
        out.writeEndObject();
    }

    private static void write(@Nullable Change change, JsonGenerator out) throws IOException {
        if (change == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        out.writeStringField("kind", change.kind() == Change.Kind.REBUILD ? "rebuild" : "rollback");
        out.writeStringField("from", change.from());
        out.writeStringField("to", change.to());
        out.writeStringField("phase", change.phase().text());
        out.writeNumberField("round", change.round());
        out.writeBooleanField("acceptDifferences", change.acceptDifferences());
        out.writeNumberField("format", change.format());
        numbers("feedsAfter", change.feedsAfter(), out);
        numbers("buckets", change.buckets(), out);
        out.writeStringField("outcome", change.outcome());
        out.writeArrayFieldStart("differences");
        for (String difference : change.differences()) {
            out.writeString(difference);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void numbers(String name, List<Long> numbers, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (long number : numbers) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    /** @throws IllegalArgumentException if the bytes are not such a record */
    public static Generations read(byte[] json) {
        try (JsonParser in = FACTORY.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            Map<String, @Nullable Object> all = object(in);
            List<GenerationEntry> entries = new ArrayList<>();
            for (Object entry : list(all, "generations")) {
                entries.add(entry(fields(entry)));
            }
            Object change = all.get("change");
            return new Generations(
                    text(all, "live"),
                    numbers(all, "liveAfter"),
                    entries,
                    number(all, "lastNumber"),
                    number(all, "rounds"),
                    change == null ? null : change(fields(change)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("The record of the generations cannot be read: " + e.getMessage(), e);
        }
    }

    private static GenerationEntry entry(Map<String, @Nullable Object> entry) {
        Map<String, @Nullable Object> parameters = fields(entry.get("parameters"));
        return new GenerationEntry(
                text(entry, "name"),
                Instant.parse(text(entry, "createdAt")),
                new CountingParameters(
                        Duration.parse(text(parameters, "deduplicationWindow")),
                        Duration.parse(text(parameters, "minutes")),
                        Duration.parse(text(parameters, "hours")),
                        Duration.parse(text(parameters, "days"))),
                format(entry),
                (String) entry.get("unusable"));
    }

    private static Change change(Map<String, @Nullable Object> change) {
        List<String> differences = new ArrayList<>();
        for (Object difference : list(change, "differences")) {
            differences.add((String) difference);
        }
        return new Change(
                text(change, "kind").equals("rebuild") ? Change.Kind.REBUILD : Change.Kind.ROLLBACK,
                text(change, "from"),
                text(change, "to"),
                Phase.of(text(change, "phase")),
                number(change, "round"),
                Boolean.TRUE.equals(change.get("acceptDifferences")),
                format(change),
                change.containsKey("feedsAfter") ? numbers(change, "feedsAfter") : List.of(),
                numbers(change, "buckets"),
                (String) change.get("outcome"),
                differences);
    }

    private static List<Long> numbers(Map<String, @Nullable Object> fields, String name) {
        return list(fields, name).stream().map(Long.class::cast).toList();
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        return (String) required(fields.get(name), name);
    }

    private static long format(Map<String, @Nullable Object> fields) {
        return fields.containsKey("format") ? number(fields, "format") : FIRST_FORMAT;
    }

    private static long number(Map<String, @Nullable Object> fields, String name) {
        return (Long) required(fields.get(name), name);
    }

    @SuppressWarnings("unchecked") // made by #value
    private static List<Object> list(Map<String, @Nullable Object> fields, String name) {
        return (List<Object>) required(fields.get(name), name);
    }

    @SuppressWarnings("unchecked") // made by #value
    private static Map<String, @Nullable Object> fields(@Nullable Object value) {
        return (Map<String, @Nullable Object>) required(value, "object");
    }

    private static Object required(@Nullable Object value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    /** The object at the parser: strings, whole numbers as Long, booleans, lists and objects. */
    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> fields = new HashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            fields.put(name, value(in));
        }
        return fields;
    }

    private static @Nullable Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(in));
                }
                yield values;
            }
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> in.getText();
        };
    }
}
