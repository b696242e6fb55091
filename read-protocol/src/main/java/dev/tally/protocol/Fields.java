package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object. A field that is not expected is malformed, and so is a missing one, once it is taken. */
final class Fields {
    /** Reads a value. Null stands for JSON's null, where that is allowed. */
    interface Type<V> {
        @Nullable
        V read(JsonParser in) throws IOException, MalformedAnswerException;
    }

    record Field<V>(String name, Type<V> type) {}

    private final Map<Field<?>, @Nullable Object> values = new HashMap<>();

    private Fields() {}

    /** Reads the object at the parser. */
    static Fields read(JsonParser in, List<Field<?>> expected) throws IOException, MalformedAnswerException {
        Fields fields = new Fields();
        Json.object(in, name -> {
            Field<?> field = find(name, expected);
            fields.values.put(field, field.type().read(in));
        });
        return fields;
    }

    private static Field<?> find(String name, List<Field<?>> expected) throws MalformedAnswerException {
        for (Field<?> field : expected) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw Json.unknownField(name);
    }

    <V> V get(Field<V> field) throws MalformedAnswerException {
        return Json.required(getOrNull(field), field.name());
    }

    /** The value of a field that may be null, and must be given. */
    @SuppressWarnings("unchecked") // the value was read by the field's own type
    <V> @Nullable V getOrNull(Field<V> field) throws MalformedAnswerException {
        if (!values.containsKey(field)) {
            throw new MalformedAnswerException("no " + field.name());
        }
        return (V) values.get(field);
    }
}
