package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewTotalParserTest {
    private static final CounterName NAME = CounterName.of("shop", "orders");
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();

    private static NewTotal parse(String body, String key) {
        return NewTotalParser.parse(NAME, body.getBytes(StandardCharsets.UTF_8), key, NOW);
    }

    private static ProblemException refusal(String body, String key) {
        return catchThrowableOfType(ProblemException.class, () -> parse(body, key));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldTakeEveryWholeNumberOf64Bits(long total) {
        assertThat(parse("{\"total\":" + total + "}", null)).isEqualTo(new NewTotal(NAME, total, null, NOW, null));
    }

    @Test
    void shouldReadEveryField() {
        assertThat(parse("{\"source\":\"s\",\"id\":\"i\",\"occurredAt\":\"2026-11-24T11:59:59.5Z\",\"total\":3}", null))
                .isEqualTo(new NewTotal(NAME, 3, "i", NOW - 500, "s"));
    }

    @Test
    void shouldTakeTheKeyAsTheId() {
        assertThat(parse("{\"total\":3}", "k").id()).isEqualTo("k");
        assertThat(parse("{\"total\":3,\"id\":\"k\"}", "k").id()).isEqualTo("k");
        assertThat(refusal("{\"total\":3,\"id\":\"i\"}", "k").code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"id\":\"i\"}"})
    void shouldRefuseABodyWithoutATotal(String body) {
        // when
        ProblemException problem = refusal(body, null);

        // then
        assertThat(problem.code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(problem.detail())
                .isEqualTo(
                        "total: missing (expected: a whole number from -9223372036854775808 to 9223372036854775807)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"total\":1.0}                | INVALID_VALUE | total: 1.0 (expected: a whole number from ",
                "{\"total\":\"1\"}              | INVALID_VALUE | total: \"1\" (expected: a whole number from ",
                "{\"total\":null}               | INVALID_VALUE | total: null (expected: a whole number from ",
                "{\"total\":1,\"id\":\"\"}      | INVALID_VALUE | id: \"\" (expected: ",
                "{\"total\":1,\"source\":\"\"}  | INVALID_VALUE | source: \"\" (expected: ",
                "{\"total\":1,\"delta\":1}      | UNKNOWN_FIELD | delta: unknown field (expected: total, id, ",
                "{\"total\":1,\"counter\":\"\"} | UNKNOWN_FIELD | counter: unknown field (expected: total, id, ",
                "{\"total\":1,\"total\":1}      | INVALID_JSON  | total: given twice",
                "{\"total\":1}x                 | INVALID_JSON  | body: ",
                "[]                             | INVALID_JSON  | body: "
            })
    void shouldRefuseWhatIsNotOneTotal(String body, HttpErrorCode code, String detail) {
        // when
        ProblemException problem = refusal(body, null);

        // then
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).startsWith(detail);
    }

    @Test
    void shouldTakeADeletionOnlyWithoutABody() {
        assertThat(DeletionParser.parse(NAME, new byte[0], "k", NOW)).isEqualTo(new Deletion(NAME, "k", NOW));
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> DeletionParser.parse(NAME, new byte[] {'{', '}'}, null, NOW))
                        .detail())
                .isEqualTo("body: 2 bytes (expected: none)");
    }
}
