package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.ingest.http.ScriptedReader.Asked;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes whose clients wait until the events are counted. */
class WaitHttpTest {
    private static final String COUNTER = "/v1/counters/shop/a";
    private static final Instant TIME = Instant.parse("2026-11-24T12:00:00.125Z");
    private static final AsOf AS_OF = new AsOf(new Receipt(3, 17), TIME, 2L, AsOf.Role.ACTIVE, TIME.plusMillis(5));
    private static final String AS_OF_JSON = "\"asOf\":{\"receipt\":\"3-17\",\"time\":\"2026-11-24T12:00:00.125Z\","
            + "\"lag\":2,\"role\":\"active\",\"checkedAt\":\"2026-11-24T12:00:00.130Z\"}";

    private final IngestUnderTest ingest = new IngestUnderTest();

    @AfterEach
    void close() {
        ingest.close();
    }

    private static ReadResult<Total> found(long total, EventOutcome outcome) {
        return new ReadResult.Found<>(new Total(total, TIME), AS_OF, outcome);
    }

    @Test
    void shouldNameTheRequestInTheLogOfEventsAndToWhoeverIsAsked() {
        // when
        CompletableFuture<HttpResponse<String>> named =
                ingest.send("POST", COUNTER + "?wait=20s", "", "X-Request-Id", "till-3.4711");
        ingest.acknowledgeNext();
        Asked asked = ingest.reader.next();
        asked.answer().complete(found(1, EventOutcome.APPLIED));
        CompletableFuture<HttpResponse<String>> unnamed = ingest.send("PUT", COUNTER, "{\"total\":3}");
        ingest.acknowledgeNext();

        // then
        assertThat(named.join().headers().firstValue("X-Request-Id")).hasValue("till-3.4711");
        assertThat(asked.requestId()).isEqualTo("till-3.4711");
        assertThat(ingest.requestIds())
                .containsExactly(
                        "till-3.4711",
                        unnamed.join().headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void shouldAskWhenTheEventIsAcknowledgedAndAnswerWhenItIsCounted() {
        // when
        CompletableFuture<HttpResponse<String>> response =
                ingest.send("POST", COUNTER + "?wait=20s", "{\"delta\":5,\"id\":\"i\"}");
        String receipt = ingest.acknowledgeNext();
        Asked asked = ingest.reader.next();

        // then
        assertThat(response).isNotDone();
        assertThat(asked.counter()).isEqualTo(CounterName.of("shop", "a"));
        ReadQuery.Event event = Objects.requireNonNull(asked.query().event());
        assertThat(event.receipt()).hasToString(receipt);
        assertThat(event.id()).isEqualTo("i");
        assertThat(event.content()).isEqualTo(new EventContent(Operation.ADD, 5));
        assertThat(asked.query().after()).hasToString(receipt);
        assertThat(asked.query().waitMax()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(asked.thread()).isNotEqualTo("scripted-network-thread");

        // when
        asked.answer().complete(found(42, EventOutcome.APPLIED));

        // then
        HttpResponse<String> answer = response.join();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"delta\":5,\"receipt\":\"" + receipt
                        + "\",\"total\":42,\"duplicate\":false," + AS_OF_JSON + "}");
        assertThat(answer.headers().firstValue("Tally-Receipt")).hasValue(receipt);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldSayThatAnEventWasADuplicate() {
        // given
        ingest.reader.answerAtOnce(found(Long.MIN_VALUE, EventOutcome.DUPLICATE));

        // when
        CompletableFuture<HttpResponse<String>> response =
                ingest.send("PUT", COUNTER + "?wait=30s&numbers=string", "{\"total\":1}", "Idempotency-Key", "k");
        String receipt = ingest.acknowledgeNext();

        // then
        assertThat(response.join().statusCode()).isEqualTo(200);
        assertThat(response.join().body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"receipt\":\"" + receipt
                        + "\",\"total\":\"-9223372036854775808\",\"duplicate\":true," + AS_OF_JSON + "}");
        assertThat(Objects.requireNonNull(ingest.reader.next().query().event()).id())
                .isEqualTo("k");
    }

    @Test
    void shouldGiveNoTotalWhenTheCounterIsUnknown() {
        // given
        AsOf standby = new AsOf(null, null, null, AsOf.Role.STANDBY, TIME);
        ingest.reader.answerAtOnce(new ReadResult.Unknown<>(standby, EventOutcome.APPLIED));

        // when
        CompletableFuture<HttpResponse<String>> response = ingest.send("DELETE", COUNTER + "?wait=500ms", "");
        String receipt = ingest.acknowledgeNext();

        // then
        assertThat(response.join().statusCode()).isEqualTo(200);
        assertThat(response.join().body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"receipt\":\"" + receipt
                        + "\",\"duplicate\":false,\"asOf\":{\"receipt\":null,\"time\":null,\"lag\":null,"
                        + "\"role\":\"standby\",\"checkedAt\":\"2026-11-24T12:00:00.125Z\"}}");
        assertThat(Objects.requireNonNull(ingest.reader.next().query().event()).id())
                .isNull();
    }

    @Test
    void shouldSayOverflowWithTheReceiptWhenTheEventWasRejected() {
        // given
        ingest.reader.answerAtOnce(found(Long.MAX_VALUE, EventOutcome.OVERFLOW));

        // when
        CompletableFuture<HttpResponse<String>> response =
                ingest.send("POST", COUNTER + "?wait=2s&numbers=string", "{\"delta\":7}");
        String receipt = ingest.acknowledgeNext();

        // then
        assertThat(response.join().statusCode()).isEqualTo(409);
        assertThat(response.join().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.join().body())
                .contains("\"title\":\"Conflict\"")
                .contains("\"code\":\"overflow\"")
                .contains("shop/a: adding 7 would have left the range of 64 bits")
                .contains("\"receipt\":\"" + receipt + "\"");
    }

    static Stream<Arguments> reused() {
        return Stream.of(
                Arguments.of("POST", "{\"delta\":7}", new EventContent(Operation.ADD, 1), "ADD 1", "ADD 7"),
                Arguments.of("PUT", "{\"total\":7}", new EventContent(Operation.DELETE, 0), "DELETE", "SET 7"),
                Arguments.of("DELETE", "", new EventContent(Operation.SET, -1), "SET -1", "DELETE"));
    }

    @ParameterizedTest
    @MethodSource("reused")
    void shouldSayThatAnIdIsReusedWithBothContentsAndTheReceipt(
            String method, String body, EventContent applied, String then, String now) {
        // given
        AppliedEvent first = new AppliedEvent(new Receipt(3, 5), applied);
        ingest.reader.answerAtOnce(
                method.equals("PUT")
                        ? new ReadResult.Unknown<>(AS_OF, EventOutcome.ID_REUSED, first)
                        : new ReadResult.Found<>(new Total(4, TIME), AS_OF, EventOutcome.ID_REUSED, first));

        // when
        CompletableFuture<HttpResponse<String>> response =
                ingest.send(method, COUNTER + "?wait=2s", body, "Idempotency-Key", "o-1");
        String receipt = ingest.acknowledgeNext();

        // then
        assertThat(response.join().statusCode()).isEqualTo(409);
        assertThat(response.join().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.join().body())
                .contains("\"title\":\"Conflict\"")
                .contains("\"code\":\"id_reused\"")
                .contains("\"detail\":\"id: \\\"o-1\\\" was applied to shop/a with " + then
                        + " at 3-5, and this event is " + now + " (expected: the same event, or another id)")
                .contains("\"receipt\":\"" + receipt + "\"");
    }

    static Stream<ReadResult<Total>> noAnswers() {
        return Stream.of(
                found(1, EventOutcome.FORGOTTEN),
                found(1, null),
                new ReadResult.Unknown<>(AS_OF, EventOutcome.FORGOTTEN),
                new ReadResult.Unknown<>(AS_OF),
                new ReadResult.NotReady<>("restoring"),
                new ReadResult.Elsewhere<>("host:1"),
                new ReadResult.NotReached<>(ReadResult.Why.NOT_YET, "not yet"),
                new ReadResult.NotReached<>(ReadResult.Why.AHEAD, "ahead"),
                new ReadResult.NotReached<>(ReadResult.Why.NO_SUCH_PARTITION, "no"));
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void shouldAnswerAsWithoutAWaitWhenTheOutcomeIsUnknown(ReadResult<Total> result) {
        // given
        ingest.reader.answerAtOnce(result);

        // then
        assertAccepted();
        assertThat(ingest.reader.isAsked()).isTrue();
    }

    @Test
    void shouldAnswerAsIfNobodyHadWaitedWhenTheReaderFails() {
        // when
        CompletableFuture<HttpResponse<String>> response = ingest.send("POST", COUNTER + "?wait=2s", "");
        ingest.acknowledgeNext();
        ingest.reader.next().answer().completeExceptionally(new IllegalStateException("scripted"));

        // then
        assertThat(response.join().statusCode()).isEqualTo(202);

        // when
        ingest.reader.fail(new IllegalStateException("scripted"));

        // then
        assertAccepted();
    }

    private void assertAccepted() {
        CompletableFuture<HttpResponse<String>> response = ingest.send("POST", COUNTER + "?wait=2s", "{\"delta\":-5}");
        String receipt = ingest.acknowledgeNext();
        assertThat(response.join().statusCode()).isEqualTo(202);
        assertThat(response.join().body())
                .isEqualTo("{\"namespace\":\"shop\",\"counter\":\"a\",\"delta\":-5,\"receipt\":\"" + receipt + "\"}");
        assertThat(response.join().headers().firstValue("Tally-Receipt")).hasValue(receipt);
    }

    @Test
    void shouldNotAskWhenTheWaitIsOverBeforeTheAcknowledgement() {
        // given
        CompletableFuture<HttpResponse<String>> response = ingest.send("POST", COUNTER + "?wait=1ms", "");
        await().pollDelay(Duration.ofMillis(20))
                .until(() -> ingest.producer.history().size() == 1);

        // when
        ingest.acknowledgeNext();

        // then
        assertThat(response.join().statusCode()).isEqualTo(202);
        assertThat(ingest.reader.isAsked()).isFalse();
    }

    @Test
    void shouldNotAskWhenNothingWasRecorded() {
        // given
        ingest.producer.refuseWithin(0, new TimeoutException("no metadata"));

        // when
        HttpResponse<String> answer =
                ingest.send("DELETE", COUNTER + "?wait=2s", "").join();

        // then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("kafka_unavailable");
        assertThat(ingest.reader.isAsked()).isFalse();
    }

    @Test
    void shouldAskNobodyWhenTheClientDoesNotWait() {
        // when
        HttpResponse<String> answer = ingest.acknowledged(ingest.send("POST", COUNTER, "{\"id\":\"i\"}"));

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(ingest.reader.isAsked()).isFalse();
    }
}
