package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.ingest.event.ParsedBatch.BadLine;
import dev.tally.ingest.event.ParsedBatch.Invalid;
import dev.tally.ingest.event.ParsedBatch.Valid;
import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchParserTest {
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final String A = "{\"namespace\":\"shop\",\"counter\":\"a\"}";
    private static final String B = "{\"counter\":\"b/ü\",\"delta\":5,\"namespace\":\"shop\",\"source\":\"s\"}";
    private static final List<Hit> A_AND_B = List.of(
            new Hit(CounterName.of("shop", "a"), 1, null, NOW, null),
            new Hit(CounterName.of("shop", "b/ü"), 5, null, NOW, "s"));

    private static ParsedBatch parse(String body) {
        return BatchParser.parse(body.getBytes(StandardCharsets.UTF_8), null, NOW);
    }

    private static List<Hit> hits(String body) {
        ParsedBatch parsed = parse(body);
        assertThat(parsed).isInstanceOf(Valid.class);
        return ((Valid) parsed).hits();
    }

    private static Invalid invalid(String body) {
        ParsedBatch parsed = parse(body);
        assertThat(parsed).isInstanceOf(Invalid.class);
        return (Invalid) parsed;
    }

    private static ProblemException refusal(String body) {
        return catchThrowableOfType(ProblemException.class, () -> parse(body));
    }

    @Test
    void shouldReadOneEventALine() {
        assertThat(hits(A + "\n" + B)).isEqualTo(A_AND_B);
        assertThat(hits(A + "\n" + B + "\n")).isEqualTo(A_AND_B);
        assertThat(hits("\r\n\n" + A + "\r\n \t \r\n" + B + " \r\n\r\n")).isEqualTo(A_AND_B);
    }

    @Test
    void shouldReadAnArrayWhenTheFirstByteThatIsNotSpaceOpensOne() {
        assertThat(hits("[" + A + "," + B + "]")).isEqualTo(A_AND_B);
        assertThat(hits(" \r\n\t[\n" + A + "\n,\n" + B + "\n]\n")).isEqualTo(A_AND_B);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\r\n\t", "[]", " [ ] "})
    void shouldRefuseAnEmptyBatch(String body) {
        assertThat(refusal(body).code()).isEqualTo(HttpErrorCode.INVALID_VALUE);
        assertThat(refusal(body).detail()).isEqualTo("events: none (expected: 1 to 10000, one a line or in an array)");
    }

    @Test
    void shouldTakeAsManyEventsAsABatchMayHaveAndRefuseOneMore() {
        // given
        String lines =
                IntStream.range(0, BatchParser.EVENTS_MAX).mapToObj(i -> A).collect(Collectors.joining("\n"));
        String array = "[" + lines.replace('\n', ',') + "]";

        // then
        assertThat(hits(lines)).hasSize(BatchParser.EVENTS_MAX);
        assertThat(hits(array)).hasSize(BatchParser.EVENTS_MAX);
        assertThat(refusal(lines + "\n" + A).code()).isEqualTo(HttpErrorCode.TOO_LARGE);
        assertThat(refusal(array.replace("]", "," + A + "]")).code()).isEqualTo(HttpErrorCode.TOO_LARGE);
    }

    @Test
    void shouldReportEveryBadLineWithItsNumber() {
        // when
        Invalid invalid = invalid(String.join(
                "\n",
                A,
                "",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"delta\":1.5}",
                "nonsense",
                A,
                "{\"namespace\":\"Shop\",\"counter\":\"a\"}",
                "{\"namespace\":\"shop\",\"counter\":\"..\"}",
                "{\"counter\":\"a\"}",
                "{\"namespace\":\"shop\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"id\":1}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"total\":{\"x\":[1]}}",
                A + A,
                "[" + A + "]",
                "{\"namespace\":\"shop\",\"counter\":7}",
                "{\"namespace\":\"shop\"",
                B));

        // then
        assertThat(invalid.events()).isEqualTo(15);
        assertThat(invalid.bad()).isEqualTo(12);
        assertThat(invalid.first().stream().map(BatchParserTest::shown))
                .containsExactly(
                        "3 delta INVALID_VALUE",
                        "4 null INVALID_JSON",
                        "6 namespace INVALID_NAME",
                        "7 counter INVALID_NAME",
                        "8 namespace INVALID_NAME",
                        "9 counter INVALID_NAME",
                        "10 id INVALID_VALUE",
                        "11 total UNKNOWN_FIELD",
                        "12 null INVALID_JSON",
                        "13 null INVALID_JSON",
                        "14 counter INVALID_NAME",
                        "15 null INVALID_JSON");
        assertThat(invalid.first())
                .allSatisfy(bad -> assertThat(bad.problem().detail()).contains(" (expected: "));
    }

    @Test
    void shouldReportEveryBadElementOfAnArrayWithItsPlace() {
        // when
        Invalid invalid =
                invalid("[" + A + ",1,{\"namespace\":\"shop\",\"counter\":\"a\",\"x\":{\"y\":[{}]},\"delta\":1},[{}],"
                        + A + ",null,{\"namespace\":\"shop\",\"counter\":\"a\",\"delta\":[2]}]");

        // then
        assertThat(invalid.events()).isEqualTo(7);
        assertThat(invalid.first().stream().map(BatchParserTest::shown))
                .containsExactly(
                        "2 null INVALID_JSON",
                        "3 x UNKNOWN_FIELD",
                        "4 null INVALID_JSON",
                        "6 null INVALID_JSON",
                        "7 delta INVALID_VALUE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s", "[%s,%s,", "[%s,%s,]", "[%s,%s,{\"namespace\":]", "[%s,%s}", "[%s,%s %s]"})
    void shouldSayWhereAnArrayStopsBeingJson(String form) {
        // when
        Invalid invalid = invalid(form.replace("%s", A));

        // then
        assertThat(invalid.first()).singleElement().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(3);
            assertThat(bad.problem().code()).isEqualTo(HttpErrorCode.INVALID_JSON);
            assertThat(bad.problem().detail()).endsWith("; the rest was not read");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s][]", "[%s]\n%s", "[%s]x"})
    void shouldRefuseWhatFollowsAnArray(String form) {
        assertThat(invalid(form.replace("%s", A)).first())
                .map(BatchParserTest::shown)
                .containsExactly("2 null INVALID_JSON");
    }

    @Test
    void shouldListOnlyTheFirstBadLinesWhenThereAreMany() {
        // when
        Invalid invalid = invalid("{\n".repeat(1_000));

        // then
        assertThat(invalid.bad()).isEqualTo(1_000);
        assertThat(invalid.first()).hasSize(BatchParser.BAD_LINES_MAX);
        assertThat(invalid.first().get(99).line()).isEqualTo(100);
    }

    @Test
    void shouldReportTheLineThatIsNotUtf8() {
        // given
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((A + "\n{\"namespace\":\"shop\",\"counter\":\"").getBytes(StandardCharsets.UTF_8));
        body.write(0xFF);
        body.writeBytes(("\"}\n" + B).getBytes(StandardCharsets.UTF_8));

        // when
        ParsedBatch parsed = BatchParser.parse(body.toByteArray(), null, NOW);

        // then
        assertThat(((Invalid) parsed).first()).map(BatchParserTest::shown).containsExactly("2 null INVALID_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1$s\n\r\n%2$s\n%1$s", "[%1$s,\n%2$s,%1$s]"})
    void shouldMakeAnIdOfTheKeyAndTheNumberThatErrorsUse(String form) {
        // given
        String own = A.replace("}", ",\"id\":\"own\"}");
        String body = String.format(form, A, own);

        // when
        ParsedBatch parsed = BatchParser.parse(body.getBytes(StandardCharsets.UTF_8), "k".repeat(128), NOW);

        // then
        int last = body.startsWith("[") ? 3 : 4;
        assertThat(((Valid) parsed).hits())
                .map(Hit::id)
                .containsExactly("k".repeat(128) + "/1", "own", "k".repeat(128) + "/" + last);
        assertThat(invalid(body.substring(0, body.lastIndexOf("\"a\"")) + "7}" + (last == 3 ? "]" : ""))
                        .first())
                .map(BatchParserTest::shown)
                .containsExactly(last + " counter INVALID_NAME");
    }

    @Test
    void shouldLeaveEventsWithoutAnIdWhenThereIsNoKey() {
        assertThat(hits(A + "\n" + A.replace("}", ",\"id\":\"i\"}")))
                .map(Hit::id)
                .containsExactly(null, "i");
    }

    private static String shown(BadLine bad) {
        return bad.line() + " " + bad.problem().field() + " " + bad.problem().code();
    }
}
