package dev.tally.service.http.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tally.service.http.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects such as {@code {"n":1,"s":"x","a":["y"]}}, in which every field is optional. They are generated at random and read in
 * two ways: with {@link JsonReader}, as an endpoint does, and by a slow reference implementation from Jackson's tree.
 */
final class Sample {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String[] NUMBERS = {
        "0", "-0", "7", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "1.0", "1e1", "null"
    };
    private static final String[] TEXTS = {
        "", "x", "\u00FC", "\uD83D\uDE00", "\\n", "\\u0041", "\\ud83d\\ude00", "\\udc00", "\\\"", "a\\/b"
    };

    private Sample() {}

    static String random(Random random) {
        List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(
                    switch (random.nextInt(10)) {
                        case 0, 1, 2 -> "\"n\":" + NUMBERS[random.nextInt(NUMBERS.length)];
                        case 3, 4, 5 -> "\"s\" : \"" + TEXTS[random.nextInt(TEXTS.length)] + "\"";
                        case 6, 7 -> "\"a\":[\"" + TEXTS[random.nextInt(TEXTS.length)] + "\", \"y\"]";
                        case 8 -> "\"\\u006E\":3";
                        default -> "\"z\":{\"n\":1}";
                    });
        }
        return "{" + String.join(",", fields) + "}";
    }

    /**
     * Reads the fields of the current object up to its end.
     *
     * @throws ProblemException if the object is invalid
     */
    static Map<String, Object> read(JsonReader json) {
        Map<String, Object> values = new TreeMap<>();
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "n" -> values.put(field, json.wholeNumber());
                case "s" -> values.put(field, json.string());
                case "a" -> {
                    List<String> strings = new ArrayList<>();
                    json.strings("strings", strings::add);
                    values.put(field, strings);
                }
                default -> throw json.unknownField("n, s, a");
            }
        }
        return values;
    }

    /** The tree of the text, or null if it is not strict JSON in UTF-8 without a byte order mark. */
    static @Nullable JsonNode tree(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return text.startsWith("\uFEFF") ? null : STRICT.readTree(text);
        } catch (IOException e) {
            return null;
        }
    }

    /** The expected result of {@link #read}, or null if {@link #read} must refuse the object. */
    static @Nullable Map<String, Object> slowly(@Nullable JsonNode tree) {
        if (tree == null || !tree.isObject()) {
            return null;
        }
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            JsonNode node = field.getValue();
            boolean isValid = switch (field.getKey()) {
                case "n" -> node.isIntegralNumber() && node.canConvertToLong();
                case "s" -> isWhole(node);
                case "a" -> node.isArray() && node.valueStream().allMatch(Sample::isWhole);
                default -> false;
            };
            if (!isValid) {
                return null;
            }
            values.put(
                    field.getKey(),
                    node.isArray()
                            ? node.valueStream().map(JsonNode::textValue).toList()
                            : node.isNumber() ? (Object) node.longValue() : node.textValue());
        }
        return values;
    }

    static byte[] write(Map<String, Object> values) {
        JsonWriter json = new JsonWriter().beginObject();
        values.forEach((name, value) -> {
            json.name(name);
            if (value instanceof Long number) {
                json.value(number.longValue());
            } else if (value instanceof List<?> list) {
                json.beginArray();
                list.forEach(each -> json.value((String) each));
                json.endArray();
            } else {
                json.value((String) value);
            }
        });
        return json.endObject().toBytes();
    }

    private static boolean isWhole(JsonNode node) {
        return node.isTextual() && StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
    }
}
