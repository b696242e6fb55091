package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hit} and {@code get} with a receipt, an ID or a wait, against an HTTP server whose answers the test sets. */
class WaitingCommandsTest {

    private static final String ACCEPTED =
            "{\"namespace\":\"shop\",\"counter\":\"sold\",\"delta\":3,\"receipt\":\"3-55\"}";
    private static final String COUNTED =
            "{\"namespace\":\"shop\",\"counter\":\"sold\",\"delta\":3,\"receipt\":\"3-55\","
                    + "\"total\":-42,\"duplicate\":false,\"asOf\":{\"receipt\":\"3-56\"}}";

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
    void shouldPrintTheReceiptWithoutAWait() {
        // given
        tally.answers(202, ACCEPTED);

        // when
        int exitCode = hit("shop/sold", "--delta", "3");

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.out).hasToString("3-55" + System.lineSeparator());
        assertThat(tally.request() + " " + tally.body()).isEqualTo("POST /v1/counters/shop/sold {\"delta\":3}");
    }

    @Test
    void shouldSendTheIdAsJson() {
        // given
        tally.answers(202, ACCEPTED);

        // when
        hit("shop/sold", "--id", "a \"quoted\" \\ id");

        // then
        assertThat(tally.request() + " " + tally.body())
                .isEqualTo("POST /v1/counters/shop/sold {\"delta\":1,\"id\":\"a \\\"quoted\\\" \\\\ id\"}");
    }

    @Test
    void shouldPrintTheTotalWithAWait() {
        // given
        tally.answers(200, COUNTED);

        // when
        int exitCode = hit("shop/sold", "--delta", "3", "--wait", "2s");

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.out).hasToString("-42" + System.lineSeparator());
        assertThat(tally.sentence).isEmpty();
        assertThat(tally.request() + " " + tally.body()).isEqualTo("POST /v1/counters/shop/sold?wait=2s {\"delta\":3}");
    }

    @Test
    void shouldReportThatTheHitIsRecordedWhenTheWaitTimesOut() {
        // given
        tally.answers(202, ACCEPTED);

        // when
        int exitCode = hit("shop/sold", "--delta", "3", "--wait", "500ms");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(tally.out.toString()).isEmpty();
        assertThat(tally.sentence)
                .isEqualTo("The event is recorded with the receipt 3-55, but was not counted within 500ms");
    }

    @Test
    void shouldPrintTheAnswerAsJsonWhenTheWaitTimesOut() {
        // given
        tally.answers(202, ACCEPTED);

        // when
        int exitCode = hit("shop/sold", "--wait", "500ms", "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(tally.out.toString().strip()).isEqualTo(ACCEPTED);
        assertThat(tally.sentence).contains("3-55");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_parameter, 2",
        "409, overflow, 1",
        "409, id_reused, 1",
        "503, unconfirmed, 1",
    })
    void shouldPrintTheProblemWhenTheHitIsRefused(int given, String code, int expected) {
        // given
        tally.answers(given, "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\",\"receipt\":\"3-55\"}");

        // when
        int exitCode = hit("shop/sold", "--wait", "2s");

        // then
        assertThat(exitCode).isEqualTo(expected);
        assertThat(tally.out.toString()).isEmpty();
        assertThat(tally.sentence).isEqualTo("what is wrong");
    }

    @Test
    void shouldReadAfterAReceipt() {
        // given
        tally.answers(200, COUNTED);

        // when
        int exitCode = get("shop/sold", "--after", "0-12,3-55");

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.out.toString().strip()).isEqualTo("-42");
        assertThat(tally.request() + " " + tally.body()).isEqualTo("GET /v1/counters/shop/sold?after=0-12%2C3-55 ");
    }

    @Test
    void shouldSendTheLongestReceipt() {
        // given
        tally.answers(200, COUNTED);
        List<Receipt> parts = new ArrayList<>();
        for (int partition = 0; partition < Receipts.PARTITIONS_MAX; partition++) {
            parts.add(new Receipt(partition, Long.MAX_VALUE));
        }
        String longest = Receipts.text(parts);

        // when
        int exitCode = get("shop/sold", "--after", longest);

        // then
        assertThat(exitCode).isZero();
        assertThat(tally.request()).isEqualTo("GET /v1/counters/shop/sold?after=" + longest.replace(",", "%2C"));
    }

    @ParameterizedTest
    @CsvSource({
        "503, not_yet_counted, 1",
        "400, invalid_receipt, 2",
        "400, receipt_ahead, 2",
        "404, unknown_counter, 3",
    })
    void shouldPrintTheProblemWhenTheReceiptIsNotReached(int given, String code, int expected) {
        // given
        tally.answers(given, "{\"detail\":\"what is wrong\",\"code\":\"" + code + "\"}");

        // when
        int exitCode = get("shop/sold", "--after", "3-55");

        // then
        assertThat(exitCode).isEqualTo(expected);
        assertThat(tally.sentence).isEqualTo("what is wrong");
    }

    private int hit(String... arguments) {
        HitCommand command = tally.parsed(new HitCommand(), arguments);
        return tally.outcome(() -> command.hit(tally.client(), tally.printer()));
    }

    private int get(String... arguments) {
        GetCommand command = tally.parsed(new GetCommand(), arguments);
        return tally.outcome(() -> command.get(tally.client(), tally.printer()));
    }
}
