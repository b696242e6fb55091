package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.testkit.Seed;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    @Test
    void shouldPutCommasWhereTheyBelongWhenThingsAreNested() {
        // when
        JsonWriter json = new JsonWriter(1)
                .beginObject()
                .name("a")
                .value(1)
                .name("b")
                .beginArray()
                .value("x")
                .beginObject()
                .endObject()
                .nullValue()
                .value(true)
                .endArray()
                .name("c")
                .value((String) null)
                .name("d")
                .raw(new JsonWriter().beginArray().value(2).value(3).endArray())
                .name("e")
                .valueAsString(-5)
                .name("f")
                .value(Instant.ofEpochMilli(1))
                .endObject();

        // then
        assertThat(text(json))
                .isEqualTo("{\"a\":1,\"b\":[\"x\",{},null,true],\"c\":null,\"d\":[2,3],\"e\":\"-5\","
                        + "\"f\":\"1970-01-01T00:00:00.001Z\"}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, -1, -10, 999_999_999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldWriteNumbersAsJavaDoes(long value) {
        assertThat(text(new JsonWriter(1).value(value))).isEqualTo(Long.toString(value));
        assertThat(text(new JsonWriter(1).value(BigInteger.valueOf(value)))).isEqualTo(Long.toString(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "9223372036854775808", "-9223372036854775809", "-85070591730234615865843651857942052864"})
    void shouldWriteNumbersOfAnySize(String value) {
        assertThat(text(new JsonWriter(1)
                        .beginArray()
                        .value(new BigInteger(value))
                        .value(1)
                        .endArray()))
                .isEqualTo("[" + value + ",1]");
        assertThat(text(new JsonWriter(1)
                        .beginArray()
                        .valueAsString(new BigInteger(value))
                        .value(1)
                        .endArray()))
                .isEqualTo("[\"" + value + "\",1]");
    }

    @Test
    void shouldWriteStringsThatAParserReadsBackWhateverTheyHold() throws IOException {
        long seed = Seed.printed(JsonWriterTest.class);
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            // given
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append((char) random.nextInt(1 << random.nextInt(1, 17)));
            }

            // when
            String read = parsed(new JsonWriter(1).value(text.toString()));

            // then
            String whole = new String(
                    text.toString().getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE); // halves to U+FFFD
            assertThat(read).as("seed %d", seed).isEqualTo(whole);
        }
    }

    private static String parsed(JsonWriter json) throws IOException {
        byte[] bytes = json.toBytes();
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isNegative();
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    private static String text(JsonWriter json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }
}
