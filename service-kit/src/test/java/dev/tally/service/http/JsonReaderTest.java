package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final String WHOLE = " (expected: a whole number from -9223372036854775808 to 9223372036854775807)";

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void shouldReadWholeNumbersWhenTheyFitInto64Bits(String text, long expected) {
        // when
        long delta = delta("{\"delta\":" + text + "}");

        // then
        assertThat(delta).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1.5",
                "1e3",
                "1E0",
                "-0.0",
                "\"1\"",
                "null",
                "true",
                "9223372036854775808",
                "-9223372036854775809",
                "123456789012345678901234567890",
            })
    void shouldNameValueAndExpectationWhenANumberIsNotWhole(String text) {
        // when
        ProblemException problem = problem("{\"delta\":" + text + "}");

        // then
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(problem.field()).isEqualTo("delta");
        assertThat(problem.detail()).isEqualTo("delta: " + text + WHOLE);
    }

    @Test
    void shouldCutTheValueWhenItIsLong() {
        // when
        ProblemException problem = problem("{\"delta\":" + "9".repeat(500) + "}");

        // then
        assertThat(problem.detail()).isEqualTo("delta: " + "9".repeat(80) + "…" + WHOLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"delta\":[1]}|delta: […]", "{\"delta\":{\"a\":1}}|delta: {…}"})
    void shouldShowNestedValuesAsSuchWhenANumberIsExpected(String text, String start) {
        assertThat(problem(text).detail()).isEqualTo(start + WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"delta\"}",
                "{\"delta\":}",
                "{\"delta\":1",
                "{\"delta\":1,}",
                "{\"delta\":01}",
                "{\"delta\":+1}",
                "{\"delta\":.5}",
                "{\"delta\":1.}",
                "{\"delta\":0x10}",
                "{\"delta\":NaN}",
                "{\"delta\":-}",
                "{delta:1}",
                "{'delta':1}",
                "{\"delta\":1}x",
                "{\"delta\":1}{}",
                "{\"delta\":1} 2",
                "{\"delta\":1 \"source\":\"x\"}",
                "{\"source\":\"a\nb\"}",
                "{\"source\":\"\\x\"}",
                "{\"source\":\"\\u12\"}",
                "{\"source\":\"open}",
                "/* no */{}",
                "{\"delta\":1,,\"source\":\"x\"}",
            })
    void shouldNameThePlaceWhenTheTextIsNotJson(String text) {
        // when
        ProblemException problem = problem(text);

        // then
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(problem.detail())
                .startsWith("body: line ")
                .contains(", column ")
                .contains(" (expected: ");
    }

    @Test
    void shouldNameTheFieldWhenItIsGivenTwice() {
        // when
        ProblemException problem = problem("{\"delta\":1,\"source\":\"x\",\"delta\":1}");

        // then
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(problem.field()).isEqualTo("delta");
        assertThat(problem.detail()).isEqualTo("delta: given twice (expected: at most once)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", "\"x\"", "[1]", "null", "true"})
    void shouldRefuseWhatIsNoObject(String text) {
        assertThat(problem(text).detail()).startsWith("body: ").endsWith(" (expected: a JSON object)");
    }

    @Test
    void shouldRefuseDeepNestingAndLongNumbersWhenTheyPassTheBounds() {
        assertThat(problem("{\"delta\":" + "[".repeat(17) + "]".repeat(17) + "}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_VALUE); // seen before anything is nested
        assertThat(problem("{\"nested\":" + "[".repeat(16) + "]".repeat(16) + "}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(problem("{\"nested\":" + "[".repeat(15) + "]".repeat(15) + "}")
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_FIELD);
        assertThat(problem("{\"delta\":" + "1".repeat(1_000) + "}").code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(problem("{\"delta\":" + "1".repeat(1_001) + "}").code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(problem("{\"" + "a".repeat(100_000) + "\":1}").code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        // given
        byte[] overlong = "{\"source\":\"..\"}".getBytes(StandardCharsets.US_ASCII);
        overlong[11] = (byte) 0xC0;
        overlong[12] = (byte) 0xAF;

        // then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> JsonReader.open(overlong))
                .withMessage("body: byte 12 is not UTF-8 (expected: JSON in UTF-8)");
    }

    @Test
    void shouldNotTakeOtherEncodingsWhenTheyStartWithZerosOrAMark() {
        for (byte[] text : new byte[][] {
            "{}".getBytes(StandardCharsets.UTF_16BE),
            "{}".getBytes(StandardCharsets.UTF_16LE),
            "\uFEFF{}".getBytes(StandardCharsets.UTF_8),
            new byte[] {0, 0, 0, '{', 0, 0, 0, '}'},
        }) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> delta(text))
                    .matches(problem -> problem.code() == ErrorCode.INVALID_JSON);
        }
    }

    @Test
    void shouldRefuseHalfACharacterWhenItComesAsAnEscape() {
        assertThat(problem("{\"source\":\"\\ud800\"}").code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(problem("{\"source\":\"a\\udc00\\ud800\"}").code()).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(delta("{\"source\":\"\\ud83d\\ude00\",\"delta\":3}")).isEqualTo(3);
    }

    @Test
    void shouldReadTimesWhenTheyAreRfc3339() {
        assertThat(delta("{\"occurredAt\":\"1970-01-01T01:00:01+01:00\"}")).isEqualTo(1_000);
        assertThat(problem("{\"occurredAt\":\"yesterday\"}").detail())
                .isEqualTo("occurredAt: \"yesterday\" (expected: an RFC 3339 time such as 2026-11-24T12:00:00.000Z)");
        assertThat(problem("{\"occurredAt\":5}").detail()).startsWith("occurredAt: 5 (expected: ");
    }

    /** Reads as an endpoint does. */
    private static long delta(String text) {
        return delta(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long delta(byte[] text) {
        try (JsonReader json = JsonReader.open(text)) {
            json.beginObject();
            long delta = 1;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "delta" -> delta = json.wholeNumber();
                    case "occurredAt" -> delta = json.time();
                    case "source" -> json.string();
                    case "nested" -> {
                        throw json.skipObject() ? json.unknownField("delta") : JsonReader.invalidJson("nested");
                    }
                    default -> throw json.unknownField("delta, occurredAt, source");
                }
            }
            json.end();
            return delta;
        }
    }

    private static ProblemException problem(String text) {
        try {
            long delta = delta(text);
            throw new AssertionError("Read as " + delta + ": " + text);
        } catch (ProblemException e) {
            return e;
        }
    }
}
