package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HitParserTest {
    private static final CounterName NAME = CounterName.of("shop", "orders");
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private static Hit parse(String body) {
        return parse(body, null);
    }

    private static Hit parse(String body, String key) {
        return HitParser.parse(NAME, body.getBytes(StandardCharsets.UTF_8), key, NOW);
    }

    private static ProblemException refusal(byte[] body) {
        return catchThrowableOfType(ProblemException.class, () -> HitParser.parse(NAME, body, null, NOW));
    }

    private static ProblemException refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " \t\r\n{ } \n"})
    void shouldCountOneNowWhenTheBodySaysNothing(String body) {
        assertThat(parse(body)).isEqualTo(new Hit(NAME, 1, null, NOW, null));
    }

    @Test
    void shouldReadEveryField() {
        // when
        Hit hit = parse("{\"source\":\"till \\u0033 ü😀\",\"occurredAt\":\"2026-11-24T12:59:59.5+01:00\",\"delta\":-12,"
                + "\"id\":\"order 7\"}");

        // then
        assertThat(hit).isEqualTo(new Hit(NAME, -12, "order 7", NOW - 500, "till 3 ü😀"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "-1", "9223372036854775807", "-9223372036854775808"})
    void shouldTakeEveryWholeNumberOf64Bits(String delta) {
        assertThat(parse("{\"delta\":" + delta + "}").delta()).isEqualTo(Long.parseLong(delta));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "1E3",
                "\"1\"",
                "null",
                "true",
                "{}",
                "[1]",
                "9223372036854775808",
                "-9223372036854775809",
                "123456789012345678901234567890"
            })
    void shouldRefuseADeltaThatIsNoWholeNumberOf64Bits(String delta) {
        // when
        ProblemException problem = refusal("{\"delta\":" + delta + "}");

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem.detail())
                .startsWith("delta: ")
                .endsWith(" (expected: a whole number from -9223372036854775808 to 9223372036854775807)");
    }

    @Test
    void shouldNameTheValueAsItWasWritten() {
        assertThat(refusal("{\"delta\":1.50}").detail())
                .isEqualTo("delta: 1.50 (expected: a whole number from -9223372036854775808 to 9223372036854775807)");
        assertThat(refusal("{\"source\":7}").detail()).isEqualTo("source: 7 (expected: a string of 1 to 100 bytes)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "+1",
                ".5",
                "1.",
                "--1",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "tru",
                "'1'",
                "1]",
                "",
            })
    void shouldRefuseWhatIsNotJson(String delta) {
        assertThat(refusal("{\"delta\":" + delta + "}").code()).isEqualTo(HttpErrorCode.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "null",
                "1",
                "[]",
                "[{}]",
                "\"delta\"",
                "{",
                "}",
                "{\"delta\"}",
                "{\"delta\":1,}",
                "{delta:1}",
                "{\"delta\":1}x",
                "{}{}",
                "{} null",
                "{\"delta\":1}\u0000",
                "/**/{}",
                "{\"delta\":1,\"delta\":1}",
                "{\"source\":\"a\",\"source\":\"b\"}",
                "{\"source\":\"a\nb\"}",
                "{\"source\":\"\\x\"}",
                "{\"source\":\"\\u12\"}",
                "{\"source\":\"abc",
                "\ufeff{}",
                "delta=1"
            })
    void shouldRefuseABodyThatIsNotOneJsonObject(String body) {
        // when
        ProblemException problem = refusal(body);

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_JSON);
        assertThat(problem.detail()).isNotBlank();
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        // given
        byte[][] broken = {
            {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF}, {(byte) 0xE2}
        };
        for (byte[] bytes : broken) {
            byte[] body = "{\"source\":\"????\"}".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, body, 11, bytes.length);

            // then
            assertThat(refusal(body).code()).isEqualTo(HttpErrorCode.INVALID_JSON);
        }
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16LE)).code()).isEqualTo(HttpErrorCode.INVALID_JSON);
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16)).code()).isEqualTo(HttpErrorCode.INVALID_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "Id,        UNKNOWN_FIELD",
        "Delta,     UNKNOWN_FIELD",
        "total,     UNKNOWN_FIELD",
        "namespace, UNKNOWN_FIELD",
        "counter,   UNKNOWN_FIELD",
        "'',        UNKNOWN_FIELD"
    })
    void shouldRefuseFieldsItDoesNotKnow(String field, HttpErrorCode code) {
        // when
        ProblemException problem = refusal("{\"" + field + "\":\"x\"}");

        // then
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).startsWith(field + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-25T12:00:00Z", "2026-11-24T12:10:00Z", "2026-11-24T13:10:00+01:00"})
    void shouldTakeTimesFrom30DaysBackTo10MinutesAhead(String time) {
        assertThat(parse("{\"occurredAt\":\"" + time + "\"}").occurredAt())
                .isEqualTo(java.time.OffsetDateTime.parse(time).toInstant().toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-10-25T11:59:59.999Z\"",
                "\"2026-11-24T12:10:00.001Z\"",
                "\"2026-11-24\"",
                "\"yesterday\"",
                "\"\"",
                "1790000000000",
                "null"
            })
    void shouldRefuseOtherTimes(String time) {
        // when
        ProblemException problem = refusal("{\"occurredAt\":" + time + "}");

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem.detail()).startsWith("occurredAt: " + time + " (expected: ");
    }

    @Test
    void shouldTakeASourceOf1To100Bytes() {
        assertThat(parse("{\"source\":\"" + "ü".repeat(50) + "\"}").source()).isEqualTo("ü".repeat(50));
        for (String source : new String[] {"\"\"", "\"" + "ü".repeat(50) + "a\"", "\"\\ud83d\"", "null", "[]"}) {
            assertThat(refusal("{\"source\":" + source + "}").code()).as(source).isEqualTo(HttpErrorCode.INVALID_VALUE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "~", "a b/c\\u0041", "\\\"\\\\"})
    void shouldTakeAnIdOfPrintableAscii(String id) {
        assertThat(parse("{\"id\":\"" + id + "\"}").id())
                .isEqualTo(id.replace("\\u0041", "A").replaceAll("\\\\(.)", "$1"));
    }

    @Test
    void shouldTakeAnIdOf128Characters() {
        assertThat(parse("{\"id\":\"" + "i".repeat(128) + "\"}").id()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"ü\"", "\"a\\u0000\"", "\"a\\n\"", "\"\\u007f\"", "null", "7", "[\"a\"]", "{}"})
    void shouldRefuseOtherIdsAndNameThem(String id) {
        // when
        ProblemException problem = refusal("{\"id\":" + id + "}");

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem.field()).isEqualTo("id");
        assertThat(problem.detail())
                .startsWith("id: ")
                .endsWith(" (expected: 1 to 128 printable ASCII characters, not starting with tally.rejected.)");
    }

    @Test
    void shouldRefuseAnIdOf129Characters() {
        assertThat(refusal("{\"id\":\"" + "i".repeat(129) + "\"}").detail())
                .isEqualTo("id: \"" + "i".repeat(80)
                        + "…\" (expected: 1 to 128 printable ASCII characters, not starting with tally.rejected.)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\":\"k\"}"})
    void shouldTakeTheKeyAsTheIdUnlessTheBodyNamesAnother(String body) {
        assertThat(parse(body, "k")).isEqualTo(new Hit(NAME, 1, "k", NOW, null));
    }

    @Test
    void shouldRefuseAnIdThatIsNotTheKey() {
        // when
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> parse("{\"id\":\"a\",\"delta\":2}", "k"));

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem.detail())
                .isEqualTo("id: \"a\" (expected: the Idempotency-Key \"k\", or only one of the two)");
    }

    @Test
    void shouldRefuseOrTakeRandomlyDamagedBodiesAndNeverFail() {
        // given
        long seed = Seed.printed(HitParserTest.class);
        Random random = new Random(seed);
        byte[] whole = ("{\"delta\":-12,\"occurredAt\":\"2026-11-24T12:59:59.5+01:00\",\"source\":\"till \\u0033 ü\","
                        + "\"id\":\"\\u0041b-7\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100_000; i++) {
            byte[] body = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int damages = random.nextInt(4); damages > 0; damages--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }

            // when
            Throwable thrown =
                    org.assertj.core.api.Assertions.catchThrowable(() -> HitParser.parse(NAME, body, null, NOW));

            // then
            assertThat(thrown == null || thrown instanceof ProblemException)
                    .as("%s: %s", new String(body, StandardCharsets.UTF_8), thrown)
                    .isTrue();
        }
    }
}
