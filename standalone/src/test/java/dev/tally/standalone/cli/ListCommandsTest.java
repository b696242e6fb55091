package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code list} and {@code top}, against an HTTP server whose answers the test sets. */
class ListCommandsTest {

    private static final String FIRST = "{\"namespace\":\"shop\",\"counters\":["
            + "{\"counter\":\"a \\\"b\\\" ü\",\"total\":-1,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"},"
            + "{\"counter\":\"total\",\"total\":9223372036854775807,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"}],"
            + "\"next\":\"AW5leHQ_-\",\"asOf\":{\"receipt\":\"0-1\"}}";
    private static final String EMPTY =
            "{\"namespace\":\"shop\",\"counters\":[],\"next\":\"AWxhc3Q\",\"asOf\":{\"receipt\":\"0-1\"}}";
    private static final String LAST = "{\"namespace\":\"shop\",\"counters\":["
            + "{\"counter\":\"z\",\"total\":0,\"updatedAt\":\"2026-11-24T10:15:30.120Z\"}],"
            + "\"next\":null,\"asOf\":{\"receipt\":\"0-1\"}}";

    private ScriptedTally tally;

    @BeforeEach
    void startServer() throws IOException {
        tally = new ScriptedTally();
    }

    @AfterEach
    void stopServer() {
        tally.close();
    }

    @Test
    void shouldPrintEveryCounterOfEveryPage() {
        // given
        tally.answersInTurn(List.of(FIRST, EMPTY, LAST));

        // when
        int exitCode = list("shop", "--prefix", "a b&ü");

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.out.toString().lines()).containsExactly("a \"b\" ü\t-1", "total\t9223372036854775807", "z\t0");
        assertThat(tally.requests())
                .containsExactly(
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000",
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000&cursor=AW5leHQ_-",
                        "GET /v1/counters/shop?prefix=a%20b%26%C3%BC&limit=1000&cursor=AWxhc3Q");
    }

    @Test
    void shouldPrintEachPageOnALineWhenJsonIsAskedFor() {
        // given
        tally.answersInTurn(List.of(FIRST, LAST));

        // when
        list("shop", "--json");

        // then
        assertThat(tally.out.toString().lines()).containsExactly(FIRST, LAST);
        assertThat(tally.requests()).first().isEqualTo("GET /v1/counters/shop?limit=1000");
    }

    @Test
    void shouldPrintNothingWhenThereIsNoCounter() {
        // given
        tally.answersInTurn(List.of(EMPTY.replace("\"AWxhc3Q\"", "null")));

        // when, then
        assertThat(list("shop")).isZero();
        assertThat(tally.out.toString()).isEmpty();
    }

    @Test
    void shouldPrintTheLargest() {
        // given
        tally.answersInTurn(List.of(LAST, LAST));

        // when
        int exitCode = top("shop");
        top("shop", "-n", "3", "--json");

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.out.toString().lines()).containsExactly("z\t0", LAST);
        assertThat(tally.requests())
                .containsExactly(
                        "GET /v1/counters/shop?sort=-total&limit=10", "GET /v1/counters/shop?sort=-total&limit=3");
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_parameter, 2", "503, incomplete, 1", "503, overloaded, 1", "404, not_found, 1"})
    void shouldPrintTheProblemWhenTheListIsRefused(int given, String code, int expected) {
        // given
        tally.status = given;
        String problem = "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}";
        tally.answersInTurn(List.of(problem, problem));

        // when, then
        assertThat(list("shop")).isEqualTo(expected);
        assertThat(tally.sentence).isEqualTo("what is wrong");
        assertThat(top("shop")).isEqualTo(expected);
        assertThat(tally.out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            []
            <html>
            {"counters":null}
            {"counters":{}}
            {"asOf":{"counters":[]}}
            {"counters":[{"counter":"a"
            """)
    void shouldFailWhenTheAnswerIsNotFromTally(String body) {
        // given
        tally.answersInTurn(List.of(body));

        // when, then
        assertThat(list("shop")).isEqualTo(ExitCode.FAILED);
        assertThat(tally.sentence)
                .endsWith("answered HTTP 200, but not as Tally does. The answer has no counters: " + body);
    }

    @ParameterizedTest
    @CsvSource({"list", "top"})
    void shouldRefuseAnInvalidNamespace(String command) {
        // when
        TallyRun run = TallyRun.of(command, "shop/sold");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("namespace: \"shop/sold\" (expected: 1 to 64 characters");
        assertThat(TallyRun.of(command, "").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(TallyRun.of(command).err()).contains("NS");
    }

    @Test
    void shouldRefuseAPrefixThatIsNotUtf8() {
        // when: the prefix is what the JVM makes of invalid UTF-8
        TallyRun run = TallyRun.of("list", "shop", "--prefix", "a\uFFFD");

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("(expected: UTF-8)");
    }

    private int list(String... arguments) {
        ListCommand command = tally.parsed(new ListCommand(), arguments);
        return tally.outcome(() -> command.list(tally.client()));
    }

    private int top(String... arguments) {
        TopCommand command = tally.parsed(new TopCommand(), arguments);
        return tally.outcome(() -> command.top(tally.client()));
    }
}
