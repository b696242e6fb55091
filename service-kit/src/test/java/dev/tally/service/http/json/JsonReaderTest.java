package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
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

    /** A text, the line and column of its first error, what the text has there and what JSON allows there. */
    static Stream<Arguments> brokenTexts() {
        String value = "a value: a string in double quotes, a number, true, false, null, { or [";
        String name = "a field name in double quotes";
        String escape = "an escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits";
        return Stream.of(
                arguments("{", 1, 2, "the end of the text", name + ", or }"),
                arguments("{\n ", 2, 2, "the end of the text", name + ", or }"),
                arguments("{\"delta\"}", 1, 9, "'}'", "a colon"),
                arguments("{\"delta\" 1}", 1, 10, "'1'", "a colon"),
                arguments("{\"delta\"", 1, 9, "the end of the text", "a colon"),
                arguments("{\"delta\":}", 1, 10, "'}'", value),
                arguments("{\"delta\":", 1, 10, "the end of the text", value),
                arguments("{\"delta\":1", 1, 11, "the end of the text", "a comma or }"),
                arguments("{\"delta\":1,}", 1, 12, "'}'", name),
                arguments("{\"delta\":1,", 1, 12, "the end of the text", name),
                arguments("{\"delta\":1]", 1, 11, "']'", "a comma or }"),
                arguments("{\"delta\":1;}", 1, 11, "';'", "a comma or }"),
                arguments("{\"list\":[\"a\"}", 1, 13, "'}'", "a comma or ]"),
                arguments("{\"list\":[\"a\",]", 1, 14, "']'", value),
                arguments("{\"list\":[,", 1, 10, "','", value + ", or ]"),
                arguments("{\"list\":[", 1, 10, "the end of the text", value + ", or ]"),
                arguments("{\"delta\":01}", 1, 11, "'1' after 0", "a number without leading zeros"),
                arguments("{\"delta\":-012}", 1, 12, "'12' after 0", "a number without leading zeros"),
                arguments("{\"delta\":+1}", 1, 10, "'+'", value),
                arguments("{\"delta\":.5}", 1, 10, "'.'", value),
                arguments("{\"delta\":1.}", 1, 12, "'}'", "a digit"),
                arguments("{\"delta\":1e}", 1, 12, "'}'", "a digit"),
                arguments("{\"delta\":1e+x}", 1, 13, "'x'", "a digit"),
                arguments("{\"delta\":-}", 1, 11, "'}'", "a digit"),
                arguments("{\"delta\":0x10}", 1, 11, "'x10'", "a comma or }"),
                arguments("{\"delta\":NaN}", 1, 10, "'NaN'", value),
                arguments("{\"delta\":-Infinity}", 1, 11, "'Infinity'", "a digit"),
                arguments("{\"delta\":True}", 1, 10, "'True'", value),
                arguments("{\"delta\":nul}", 1, 10, "'nul'", value),
                arguments("{\"delta\":nulll}", 1, 10, "'nulll'", value),
                arguments("{\"delta\":" + "y".repeat(500) + "}", 1, 10, "'" + "y".repeat(20) + "…'", value),
                arguments("{delta:1}", 1, 2, "'delta'", name + ", or }"),
                arguments("{'delta':1}", 1, 2, "'''", name + ", or }"),
                arguments("{\"source\":'x'}", 1, 11, "'''", value),
                arguments("{\"delta\":1}x", 1, 12, "'x'", "nothing more"),
                arguments("{\"delta\":1}{}", 1, 12, "'{'", "nothing more"),
                arguments("{\"delta\":1}\n 2", 2, 2, "'2'", "nothing more"),
                arguments("{\"delta\":1}]", 1, 12, "']'", "nothing more"),
                arguments("{\"delta\":1 \"source\":\"x\"}", 1, 12, "'\"'", "a comma or }"),
                arguments("{\"delta\":1,,\"source\":\"x\"}", 1, 12, "','", name),
                arguments("{\"source\":\"a\nb\"}", 1, 13, "U+000A within a string", "an escape such as \\n"),
                arguments("{\"source\":\"\t\"}", 1, 12, "U+0009 within a string", "an escape such as \\n"),
                arguments("{\"source\":\"\\x\"}", 1, 12, "'\\x'", escape),
                arguments("{\"source\":\"\\☕\"}", 1, 12, "'\\☕'", escape),
                arguments("{\"\\ud800n\":1}", 1, 3, "'\\ud800'", "a complete surrogate pair"),
                arguments(
                        "{\"ü\\uD83D\\uDE00\\\\ud800\\n\\uDE00\":1}", 1, 25, "'\\uDE00'", "a complete surrogate pair"),
                arguments("{\"source\":\"\\u12\"}", 1, 12, "'\\u12\"'", escape),
                arguments("{\"source\":\"\\u12", 1, 12, "the end of the text after \\u12", escape),
                arguments("{\"source\":\"\\", 1, 12, "the end of the text after \\", escape),
                arguments("{\"source\":\"open}", 1, 17, "the end of the text", "the double quote that ends the string"),
                arguments("{\"source\":\"ü☕😀\" x}", 1, 17, "'x'", "a comma or }"),
                arguments("{\"source\":\"x\",☕}", 1, 15, "'☕'", name),
                arguments("/* no */{}", 1, 1, "'/'", "a JSON object"),
                arguments("# no\n{}", 1, 1, "'#'", "a JSON object"),
                arguments("yes", 1, 1, "'yes'", "a JSON object"),
                arguments("\uFEFF{}", 1, 1, "U+FEFF", "a JSON object"),
                arguments("{}\u0000", 1, 3, "U+0000", "nothing more"),
                arguments("}", 1, 1, "'}'", "a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void shouldSayWhereWhatAndWhatJsonHasThereWhenATextIsNotJson(
            String text, int line, int column, String found, String expected) {
        // when
        ProblemException problem = problem(text);

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_JSON);
        assertThat(problem.detail())
                .isEqualTo("body: line %d, column %d: %s (expected: %s)", line, column, found, expected);
    }

    @Test
    void shouldNameTheBoundsWhenATextPassesOne() {
        JsonReader deep = JsonReader.open("[".repeat(17).getBytes(StandardCharsets.UTF_8));
        for (int depth = 1; depth <= 16; depth++) {
            deep.next();
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(deep::next)
                .withMessageStartingWith("body: line 1, column 18: too deep, ");
        for (String text :
                new String[] {"{\"delta\":" + "1".repeat(1_001) + "}", "{\"" + "a".repeat(100_000) + "\":1}"}) {
            assertThat(problem(text).detail())
                    .matches(
                            "body: line 1, column [0-9]+: too deep, or too long a name or number \\(expected: at most 16"
                                    + " levels of nesting, and 256 characters of a name and 1000 of a number\\)");
        }
    }

    @Test
    void shouldNameTheFieldWhenItIsGivenTwice() {
        // when
        ProblemException problem = problem("{\"delta\":1,\"source\":\"x\",\"delta\":1}");

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_JSON);
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
                .isEqualTo(HttpErrorCode.INVALID_VALUE); // detected before the nested arrays are read
        assertThat(problem("{\"nested\":" + "[".repeat(16) + "]".repeat(16) + "}")
                        .code())
                .isEqualTo(HttpErrorCode.INVALID_JSON);
        assertThat(problem("{\"nested\":" + "[".repeat(15) + "]".repeat(15) + "}")
                        .code())
                .isEqualTo(HttpErrorCode.UNKNOWN_FIELD);
        assertThat(problem("{\"delta\":" + "1".repeat(1_000) + "}").code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem("{\"delta\":" + "1".repeat(1_001) + "}").code()).isEqualTo(HttpErrorCode.INVALID_JSON);
        assertThat(problem("{\"" + "a".repeat(100_000) + "\":1}").code()).isEqualTo(HttpErrorCode.INVALID_JSON);
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
                    .matches(problem -> problem.code() == HttpErrorCode.INVALID_JSON);
        }
    }

    @Test
    void shouldRefuseHalfACharacterWhenItComesAsAnEscape() {
        assertThat(problem("{\"source\":\"\\ud800\"}").code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem("{\"source\":\"a\\udc00\\ud800\"}").code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
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
                    case "list" -> json.strings("an array of strings", each -> {});
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
