package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.testkit.RandomInput;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Reads objects and batches of JSON, intact and corrupted. Compares the result with the tree of Jackson with its strict features.
 */
class JsonFuzzTest {
    private static final int ROUNDS = 12_000;

    /** Words of Jackson's messages. */
    private static final List<String> PARSERS_WORDS = List.of(
            "Unrecognized",
            "Unexpected",
            "Illegal",
            "Invalid ",
            "Source:",
            "REDACTED",
            "at [",
            "was expecting",
            "(code ",
            "StreamRead",
            "JsonReadFeature",
            "com.fasterxml",
            "line: ");

    private final long seed = Seed.next();
    private final Random random = new Random(seed);
    private final RandomInput input = new RandomInput(random);

    @Test
    void shouldReadExactlyTheObjectsThatAreStrictlyJson() {
        System.out.println("JsonFuzzTest objects seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            byte[] text = input.damaged(Sample.random(random).getBytes(StandardCharsets.UTF_8));

            // when
            Map<String, Object> values = object(text);

            // then
            assertThat(values).as("%s", shown(text)).isEqualTo(Sample.slowly(Sample.tree(text)));
            if (values != null) {
                assertThat(object(Sample.write(values))).as("%s", shown(text)).isEqualTo(values);
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    @Test
    void shouldReadExactlyTheLinesThatAreStrictlyJson() {
        System.out.println("JsonFuzzTest lines seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS / 2; i++) {
            // given
            byte[] body = input.damaged(objects("\n").getBytes(StandardCharsets.UTF_8));
            if (isArray(body)) {
                continue;
            }

            // when
            Map<Integer, Object> items = batch(body);

            // then
            assertThat(items).as("%s", shown(body)).isEqualTo(linesSlowly(body));
            taken += items.containsValue("refused") ? 0 : 1;
        }
        assertThat(taken).isBetween(ROUNDS / 40, ROUNDS * 19 / 40);
    }

    @Test
    void shouldReadExactlyTheArraysThatAreStrictlyJson() {
        System.out.println("JsonFuzzTest arrays seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS / 2; i++) {
            // given
            byte[] body = input.damaged(("[" + objects(", ") + "]").getBytes(StandardCharsets.UTF_8));
            if (!isArray(body)) {
                continue;
            }

            // when
            Map<Integer, Object> items = batch(body);

            // then
            Map<Integer, Object> slowly = arraySlowly(body);
            if (slowly == null) {
                assertThat(items).as("%s", shown(body)).containsValue("refused");
            } else {
                assertThat(items).as("%s", shown(body)).isEqualTo(slowly);
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 40, ROUNDS * 19 / 40);
    }

    private String objects(String separator) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> Sample.random(random))
                .collect(Collectors.joining(separator));
    }

    /** An error about invalid JSON uses our words, not Jackson's. It says the place and what JSON allows there. */
    private static void checkWords(ProblemException problem, byte[] text) {
        String detail = problem.detail();
        assertThat(detail).as("%s", shown(text)).doesNotContain(": not JSON ");
        for (String word : PARSERS_WORDS) {
            assertThat(detail).doesNotContain(word);
        }
        if (problem.code() == HttpErrorCode.INVALID_JSON && problem.field() == null) {
            assertThat(detail).matches("(?s)body: .* \\(expected: [^()]+\\)(; the rest was not read)?");
        }
    }

    private static @Nullable Map<String, Object> object(byte[] text) {
        try (JsonReader json = JsonReader.open(text)) {
            json.beginObject();
            Map<String, Object> values = Sample.read(json);
            json.end();
            return values;
        } catch (ProblemException e) {
            checkWords(e, text);
            return null;
        }
    }

    /** The object of each line or array position, or {@code "refused"}. Key 0 is the batch itself. */
    private static Map<Integer, Object> batch(byte[] body) {
        Map<Integer, Object> items = new TreeMap<>();
        try (JsonBatch batch = JsonBatch.open(body)) {
            for (boolean goOn = true; goOn; ) {
                try {
                    goOn = batch.next();
                    if (goOn) {
                        Map<String, Object> values = Sample.read(batch.reader());
                        batch.endItem();
                        items.put(batch.line(), values);
                    }
                } catch (ProblemException e) {
                    checkWords(batch.recover(e), body);
                    items.put(batch.line(), "refused");
                }
            }
        } catch (ProblemException e) {
            checkWords(e, body);
            items.put(0, "refused");
        }
        return items;
    }

    private static Map<Integer, Object> linesSlowly(byte[] body) {
        Map<Integer, Object> items = new TreeMap<>();
        // One char per byte keeps invalid UTF-8 unchanged.
        String[] lines = new String(body, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].matches("[ \t\r]*")) {
                Map<String, Object> values = Sample.slowly(Sample.tree(lines[i].getBytes(StandardCharsets.ISO_8859_1)));
                items.put(i + 1, values == null ? "refused" : values);
            }
        }
        return items;
    }

    /** All elements, including those before and after an invalid one; null if the body is not an array. */
    private static @Nullable Map<Integer, Object> arraySlowly(byte[] body) {
        JsonNode tree = Sample.tree(body);
        if (tree == null || !tree.isArray()) {
            return null;
        }
        Map<Integer, Object> items = new TreeMap<>();
        for (int i = 0; i < tree.size(); i++) {
            Map<String, Object> values = Sample.slowly(tree.get(i));
            items.put(i + 1, values == null ? "refused" : values);
        }
        return items;
    }

    private static boolean isArray(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).matches("(?s)[ \t\r\n]*\\[.*");
    }

    private static String shown(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }
}
