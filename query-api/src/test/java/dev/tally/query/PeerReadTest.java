package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The read protocol between ingest-api and query-api, over real HTTP. */
class PeerReadTest {
    private static final EventContent ADD_7 = new EventContent(Operation.ADD, 7);
    private static final CounterName COUNTER = CounterName.of("demo", "a/b é%");

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldAskItsReaderForWhatTheTargetSays() throws Exception {
        for (ReadQuery query : List.of(
                ReadQuery.NOW,
                new ReadQuery(Receipts.of(new Receipt(3, 55)), true, Duration.ofMillis(1), null),
                ReadQuery.outcomeOf(new Receipt(3, 55), ADD_7, null, Duration.ofSeconds(30)),
                ReadQuery.outcomeOf(new Receipt(3, 55), ADD_7, "id with + & % = #", Duration.ofMillis(2_500)))) {
            // given
            service.asked.clear();

            // when
            service.get(ReadProtocol.LIVE.total(COUNTER).target(query));

            // then
            assertThat(service.asked).containsExactly(new ScriptedService.Asked(COUNTER, query));
        }
    }

    @Test
    void shouldPassOnWhatItsReaderSays() throws Exception {
        for (ReadResult<Total> result : List.<ReadResult<Total>>of(
                new ReadResult.Found<>(
                        new Total(1, Instant.ofEpochMilli(5)), FakeStreams.asOf(3), EventOutcome.DUPLICATE),
                new ReadResult.Unknown<>(FakeStreams.asOf(3), EventOutcome.OVERFLOW),
                new ReadResult.Unknown<>(
                        FakeStreams.asOf(3), EventOutcome.ID_REUSED, new AppliedEvent(new Receipt(3, 17), ADD_7)),
                new ReadResult.Elsewhere<>(null),
                new ReadResult.NotReady<>("restoring"),
                new NotReached<>(Why.NOT_YET, "not yet"),
                new NotReached<>(Why.AHEAD, "ahead"))) {
            // given
            service.answers(result);

            // when
            HttpResponse<String> response = service.get(ReadProtocol.LIVE
                    .total(COUNTER)
                    .target(ReadQuery.outcomeOf(new Receipt(3, 17), ADD_7, "x", Duration.ZERO)));

            // then
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(ResultFormat.TOTAL.parse(response.body().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(result);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=1",
                "numbers=string",
                "wait=2s",
                "wait=-1",
                "wait=30001",
                "wait=9999999999999999999",
                "wait=",
                "after=",
                "after=7",
                "event=1-2,3-4&operation=add&value=1",
                "event=1-2",
                "id=x",
                "committed=false",
            })
    void shouldRefuseWhatIsNotOfTheProtocol(String query) throws Exception {
        // when
        HttpResponse<String> response = service.get("/internal/v1/live/counters/demo/c?" + query);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_parameter\"");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void shouldAnswerInternalErrorWhenTheReaderBreaksItsContract() throws Exception {
        // given
        service.reads((name, query) -> CompletableFuture.failedFuture(new IllegalStateException("secret")));

        // when, then
        assertThat(service.get("/internal/v1/live/counters/demo/c").statusCode())
                .isEqualTo(500);
    }

    @Test
    void shouldAnswerForItsGenerationOnlyAndBeNoPartOfTheContract() throws Exception {
        assertThat(service.get("/internal/v1/g2/counters/demo/c").statusCode()).isEqualTo(404);
        assertThat(service.get("/openapi.yaml").body()).doesNotContain("/internal");
    }
}
