package dev.tally.ingest.event;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.json.Rfc3339;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A slow reference implementation of the contract. It reads hits from the tree of Jackson with its strict features. */
final class PlainHits {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern ID = Pattern.compile("[ -~]{1,128}");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern COUNTER = Pattern.compile("(?!\\.\\.?\\z)[^\\x00-\\x1F\\x7F-\\x9F]+");
    private static final Set<String> FIELDS = Set.of("delta", "id", "occurredAt", "source");
    private static final Set<String> NAMES = Set.of("namespace", "counter");

    private final long now;

    PlainHits(long now) {
        this.now = now;
    }

    /** The tree of the bytes, or null if they are not strict JSON in UTF-8 without a byte order mark. */
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

    /**
     * The hit, or null if it is invalid.
     *
     * @param name the name of its counter, or null if the hit itself has it
     */
    @Nullable
    Hit hit(@Nullable JsonNode tree, @Nullable CounterName name) {
        if (tree == null || !tree.isObject()) {
            return null;
        }
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String field = names.next();
            if (!FIELDS.contains(field) && (name != null || !NAMES.contains(field))) {
                return null;
            }
        }
        CounterName counter = name == null ? name(tree) : name;
        JsonNode delta = tree.path("delta");
        String id = text(tree, "id", 1_000);
        String source = text(tree, "source", 100);
        Long occurredAt = occurredAt(tree);
        boolean isValid = counter != null
                && (delta.isMissingNode() || (delta.isIntegralNumber() && delta.canConvertToLong()))
                && (tree.path("id").isMissingNode()
                        || (id != null && ID.matcher(id).matches()))
                && (tree.path("source").isMissingNode() || source != null)
                && occurredAt != null;
        return isValid ? new Hit(counter, delta.asLong(1), id, occurredAt, source) : null;
    }

    private static @Nullable CounterName name(JsonNode tree) {
        String namespace = text(tree, "namespace", 64);
        String counter = text(tree, "counter", 200);
        return namespace != null
                        && counter != null
                        && NAMESPACE.matcher(namespace).matches()
                        && COUNTER.matcher(counter).matches()
                ? CounterName.of(namespace, counter)
                : null;
    }

    private @Nullable Long occurredAt(JsonNode tree) {
        JsonNode node = tree.path("occurredAt");
        if (node.isMissingNode()) {
            return now;
        }
        long millis = node.isTextual() ? Rfc3339.parse(node.textValue()) : Rfc3339.NONE;
        boolean isWithin = millis >= now - Duration.ofDays(30).toMillis()
                && millis <= now + Duration.ofMinutes(10).toMillis();
        return isWithin ? millis : null;
    }

    /** A string of 1 to {@code bytesMax} bytes without unpaired surrogates; otherwise null. */
    private static @Nullable String text(JsonNode tree, String field, int bytesMax) {
        String text = tree.path(field).textValue();
        return text != null
                        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                        && !text.isEmpty()
                        && text.getBytes(StandardCharsets.UTF_8).length <= bytesMax
                ? text
                : null;
    }

    /** The hit as a client writes it, with its counter if {@code named}. */
    static byte[] write(Hit hit, boolean named) {
        ObjectNode json = STRICT.createObjectNode();
        if (named) {
            json.put("namespace", hit.counter().namespace())
                    .put("counter", hit.counter().counter());
        }
        json.put("delta", hit.delta());
        json.put("occurredAt", Instant.ofEpochMilli(hit.occurredAt()).toString());
        if (hit.id() != null) {
            json.put("id", hit.id());
        }
        if (hit.source() != null) {
            json.put("source", hit.source());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
