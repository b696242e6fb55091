package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** query-api accepts every receipt that it returns, over real HTTP, up to the maximum number of partitions of a topic. */
class LongReceiptTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");
    private static final Pattern RECEIPT = Pattern.compile("\"asOf\":\\{\"receipt\":\"([^\"]*)\"");
    private static final String HEADER = "Tally-Receipt";
    /** The longest possible path: each byte of the name is escaped. */
    private static final String LONGEST = "/v1/counters/" + "n".repeat(64) + "/" + "%C3%BC".repeat(100);

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 70, 300, Receipts.PARTITIONS_MAX})
    void shouldTakeTheReceiptOfAListWhenItComesBack(int partitions) throws Exception {
        // given
        String receipt = receiptOfAList(partitions);
        Receipts expected = Objects.requireNonNull(Receipts.parse(receipt));
        assertThat(expected.partitionMax()).isEqualTo(partitions - 1);

        for (String after : List.of(receipt, receipt.replace(",", "%2C"))) {
            // when
            service.asked.clear();
            HttpResponse<String> response = service.get(LONGEST + "?committed=true&wait=30000ms&after=" + after);

            // then
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(service.query().after()).isEqualTo(expected);
        }

        // when
        service.asked.clear();
        HttpResponse<String> response = service.get(LONGEST, HEADER, receipt);

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(service.query().after()).isEqualTo(expected);
    }

    @Test
    void shouldTakeTheLongestReceiptForAListToo() throws Exception {
        // given
        String receipt = receiptOfAList(Receipts.PARTITIONS_MAX);
        service.state.queries.clear();

        // when
        HttpResponse<String> response = service.get("/v1/counters/demo?after=" + receipt);

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(service.state.queries)
                .hasSize(Receipts.PARTITIONS_MAX)
                .allMatch(query -> query.after().equals(Receipts.parse(receipt)));
    }

    @Test
    void shouldTakeTheLongestReceiptOnTheReadProtocol() throws Exception {
        // given
        Receipts longest = Objects.requireNonNull(Receipts.parse(receiptOfAList(Receipts.PARTITIONS_MAX)));
        ReadQuery query = new ReadQuery(
                longest,
                true,
                ReadQuery.WAIT_MAX,
                new ReadQuery.Event(
                        new Receipt(3, 55), new EventContent(Operation.SET, Long.MIN_VALUE), "%".repeat(128)));
        CounterName counter = CounterName.of("n".repeat(64), "ü".repeat(100));

        // when
        HttpResponse<String> response =
                service.get(ReadProtocol.LIVE.total(counter).target(query));

        // then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(service.asked).containsExactly(new ScriptedService.Asked(counter, query));
    }

    /** With offsets of 13 digits, a receipt of 60 partitions has 1,009 characters, and one of 61 has 1,026. */
    @Test
    void shouldLeaveOutTheHeaderWhenTheReceiptIsLongerThanAHeaderMayBe() throws Exception {
        // when
        HttpResponse<String> fits = list(60, 1_234_567_890_123L);
        HttpResponse<String> tooLong = list(61, 1_234_567_890_123L);

        // then
        assertThat(fits.headers().firstValue(HEADER)).hasValue(receipt(fits));
        assertThat(receipt(fits)).hasSizeLessThanOrEqualTo(Receipts.HEADER_CHARS_MAX);
        assertThat(tooLong.headers().firstValue(HEADER)).isEmpty();
        assertThat(receipt(tooLong)).hasSizeGreaterThan(Receipts.HEADER_CHARS_MAX);
    }

    private String receiptOfAList(int partitions) throws Exception {
        return receipt(list(partitions, Long.MAX_VALUE));
    }

    private HttpResponse<String> list(int partitions, long offset) throws Exception {
        service.state.partitions = OptionalInt.of(partitions);
        service.state.answers = (partition, page) -> CompletableFuture.completedFuture(new ReadResult.Found<>(
                new CounterPage(List.of(), null),
                new AsOf(new Receipt(partition, offset), TIME, 0L, AsOf.Role.ACTIVE, TIME)));
        service.answers(new ReadResult.Found<>(
                new Total(1, TIME), new AsOf(new Receipt(7, offset), TIME, 0L, AsOf.Role.ACTIVE, TIME)));
        HttpResponse<String> response = service.get("/v1/counters/demo");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static String receipt(HttpResponse<String> list) {
        Matcher matcher = RECEIPT.matcher(list.body());
        assertThat(matcher.find()).as(list.body()).isTrue();
        return matcher.group(1);
    }
}
