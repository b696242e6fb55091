package dev.tally.ingest.log;

import static dev.tally.ingest.log.Hits.hit;
import static dev.tally.ingest.log.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.ingest.event.Deletion;
import dev.tally.ingest.event.Event;
import dev.tally.ingest.event.Hit;
import dev.tally.ingest.event.NewTotal;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.wire.EventDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {
    private static final RuntimeException TIMED_OUT = new TimeoutException("Expiring 1 record(s)");

    private final ScriptedProducer producer = new ScriptedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogMetrics metrics = new LogMetrics(registry);
    private KafkaEventLog log = start(new LogBounds(1_000, 1 << 20, Duration.ofMillis(200)));

    private KafkaEventLog start(LogBounds settings) {
        KafkaEventLog started =
                KafkaEventLog.start(() -> producer, () -> {}, SchemaDirectory.ofReleased(), settings, metrics);
        await().until(() -> started.state().ready());
        return started;
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Answer append(Event event) {
        Answer answer = new Answer();
        log.append(event, "id", answer);
        return answer;
    }

    private Answer append(List<Hit> hits) {
        Answer answer = new Answer();
        log.append(hits, "id", answer);
        return answer;
    }

    @Test
    void shouldAnswerTheReceiptWhenAcknowledged() {
        // given
        Answer answer = append(hit("a"));
        assertThat(answer.hasCome()).isFalse();

        // when
        producer.acknowledge();

        // then
        int partition = producer.history().get(0).partition();
        assertThat(answer.receipts()).containsExactly(new Receipt(partition, 0));
    }

    @Test
    void shouldWriteKeyPartitionAndValueOfTheContract() {
        // when
        append(new Hit(CounterName.of("shop", "ü/x"), -7, null, 1_790_000_000_123L, "till 3"));

        // then
        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        byte[] key = "shop/ü/x".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(record.key()).isEqualTo(key);
        assertThat(record.partition()).isEqualTo(Placement.partition(key, ScriptedProducer.PARTITIONS));
        EventDecoder event = EventDecoder.released();
        assertThat(event.decode(record.value())).isTrue();
        assertThat(event.operation()).isEqualTo(Operation.ADD);
        assertThat(event.value()).isEqualTo(-7);
        assertThat(event.occurredAtMillis()).isEqualTo(1_790_000_000_123L);
        assertThat(event.source()).isEqualTo("till 3");
        assertThat(event.id()).isNull();
    }

    @Test
    void shouldWriteEachOperationWithItsIdWhenItHasOne() {
        // given
        CounterName name = CounterName.of("shop", "a");

        // when
        append(new Hit(name, 3, "a b", Hits.OCCURRED_AT, null));
        append(new NewTotal(name, -9, "set", Hits.OCCURRED_AT, "till"));
        append(new Deletion(name, "gone", Hits.OCCURRED_AT));
        append(new Deletion(name, null, Hits.OCCURRED_AT));

        // then
        EventDecoder event = EventDecoder.released();
        assertThat(producer.history())
                .map(record -> {
                    assertThat(event.decode(record.value())).isTrue();
                    assertThat(event.occurredAtMillis()).isEqualTo(Hits.OCCURRED_AT);
                    return event.operation() + " " + event.value() + " " + event.id() + " " + event.source();
                })
                .containsExactly("ADD 3 a b null", "SET -9 set till", "DELETE 0 gone null", "DELETE 0 null null");
    }

    @Test
    void shouldShareOneRequestIdHeaderBetweenTheRecordsOfABatch() {
        // when
        log.append(hit("a"), "till-3.4711", new Answer());
        log.append(hits(3), "7zk3q0mx0000004h", new Answer());

        // then
        List<Header> headers = producer.history().stream()
                .map(record -> record.headers().toArray())
                .peek(all -> assertThat(all).hasSize(1))
                .map(all -> all[0])
                .toList();
        assertThat(headers).extracting(Header::key).containsOnly("rid");
        assertThat(headers)
                .extracting(header -> RequestIdHeader.read(new RecordHeaders(List.of(header))))
                .extracting(id -> new String(id, StandardCharsets.US_ASCII))
                .containsExactly("till-3.4711", "7zk3q0mx0000004h", "7zk3q0mx0000004h", "7zk3q0mx0000004h");
        assertThat(headers.get(3)).isSameAs(headers.get(1));
    }

    @Test
    void shouldAnswerTheHighestOffsetOfEachPartitionWhenABatchIsAcknowledged() {
        // given
        Answer answer = append(hits(100));

        // when
        producer.acknowledgeAll();

        // then
        Map<Integer, Long> highest = new TreeMap<>();
        producer.history().forEach(record -> highest.merge(record.partition(), 0L, (offset, zero) -> offset + 1));
        List<Receipt> expected = highest.entrySet().stream()
                .map(entry -> new Receipt(entry.getKey(), entry.getValue()))
                .toList();
        assertThat(expected).hasSizeGreaterThan(1);
        assertThat(answer.receipts()).isEqualTo(expected);
    }

    @Test
    void shouldSayUnavailableWhenARecordTimedOutAndWasNeverSent() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));

        // when
        producer.fail(TIMED_OUT);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
    }

    @Test
    void shouldSayUnconfirmedWhenARecordTimedOutAndMayHaveBeenSent() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));
        producer.sendRecords(1);

        // when
        producer.fail(TIMED_OUT);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
    }

    @Test
    void shouldSayUnconfirmedWhenARecordIsSentInTheRoundThatFailedIt() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));
        producer.networkSleeps(true); // the round does not end

        // when
        producer.fail(TIMED_OUT);
        await().during(Duration.ofMillis(400)).until(() -> !answer.hasCome());
        producer.sendRecords(1);
        producer.networkSleeps(false);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
    }

    @Test
    void shouldSayUnconfirmedWhenTheNetworkThreadCompletesNoRound() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));
        producer.networkSleeps(true);

        // when
        producer.fail(TIMED_OUT);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
    }

    @Test
    void shouldSayUnavailableWhenABrokerRefusedTheFirstAttempt() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));
        producer.sendRecords(1);

        // when
        producer.fail(new RecordTooLargeException());

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
    }

    @Test
    void shouldSayUnconfirmedWhenABrokerRefusedALaterAttempt() {
        // given
        Answer answer = appendWhileQuiet(hit("a"));
        producer.sendRecords(1);
        producer.retryRecords(1);

        // when
        producer.fail(new RecordTooLargeException());

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
    }

    @Test
    void shouldSayUnconfirmedWhenOneRecordOfABatchFailed() {
        // given
        Answer answer = append(hits(3));

        // when
        producer.acknowledge();
        producer.fail(TIMED_OUT);
        producer.acknowledge();

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
    }

    @Test
    void shouldSayUnavailableWhenNoRecordOfABatchWasSent() {
        // given
        awaitASample();
        Answer answer = append(hits(3));

        // when
        producer.failAll(TIMED_OUT);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
    }

    @Test
    void shouldSayUnavailableAtOnceWhenSendRefusesTheRecord() {
        // given
        producer.refuseWithin(0, TIMED_OUT);

        // when
        Answer single = append(hit("a"));
        Answer batch = append(hits(3));

        // then
        assertThat(single.hasCome() && batch.hasCome()).isTrue();
        assertThat(single.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(batch.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldSayOverloadedWhenTheProducersBufferIsFull() {
        // given
        producer.refuseWithin(0, new BufferExhaustedException("full"));

        // when
        Answer answer = append(hit("a"));

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.OVERLOADED);
    }

    @Test
    void shouldSayUnconfirmedWhenSendRefusesInTheMiddleOfABatch() {
        // given
        producer.refuseWithin(2, TIMED_OUT);

        // when
        Answer answer = append(hits(5));
        assertThat(answer.hasCome()).isFalse();
        producer.acknowledgeAll();

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void shouldSayUnavailableWhenSendRefusesInTheMiddleOfABatchAndTheRestWasNeverSent() {
        // given
        awaitASample();
        producer.refuseWithin(2, TIMED_OUT);

        // when
        Answer answer = append(hits(5));
        producer.failAll(TIMED_OUT);

        // then
        assertThat(answer.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
    }

    @Test
    void shouldRefuseAtOnceWhileKafkaIsUnavailableAndRecoverByItself() {
        // given
        Answer stuck = append(hit("stuck"));

        // when
        await().atMost(Duration.ofSeconds(10)).until(() -> !log.state().ready());

        // then
        assertThat(append(hit("refused")).outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(stuck.hasCome()).isFalse();
        assertThat(producer.history()).hasSize(1);

        // when
        producer.acknowledgeAll();

        // then
        await().until(() -> log.state().ready());
        assertThat(stuck.receipts()).hasSize(1);
        append(hit("let in"));
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void shouldRefuseUntilTheTopicIsKnown() {
        // given
        producer.partitions(0);
        await().until(() -> !log.state().ready());

        // when
        Answer before = append(hit("a"));
        producer.partitions(ScriptedProducer.PARTITIONS);
        await().until(() -> log.state().ready());
        Answer after = append(hit("a"));
        producer.acknowledgeAll();

        // then
        assertThat(before.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(after.receipts()).hasSize(1);
    }

    @Test
    void shouldRefuseWhenTheNumberOfPartitionsChanged() {
        // when
        producer.partitions(ScriptedProducer.PARTITIONS + 1);

        // then
        await().until(() -> !log.state().ready());
        assertThat(log.state().detail()).isEqualTo("the topic had 4 partitions and has 5");
        assertThat(append(hit("a")).outcome()).isEqualTo(NotAppended.UNAVAILABLE);
    }

    @Test
    void shouldEndEveryAppendAndItsThreadsWhenClosed() {
        // given
        Answer inFlight = append(hits(10));

        // when
        log.close();
        Answer late = append(hit("late"));

        // then
        assertThat(inFlight.outcome()).isIn(NotAppended.UNAVAILABLE, NotAppended.UNCONFIRMED);
        assertThat(late.outcome()).isEqualTo(NotAppended.SHUTTING_DOWN);
        assertThat(log.state().ready()).isFalse();
        assertThat(producer.closed()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("tally-ingest-producer-monitor"));
    }

    /** Appends after the counts have not changed for at least one sample, as when Kafka is unavailable. */
    private Answer appendWhileQuiet(Hit hit) {
        awaitASample();
        return append(hit);
    }

    private static void awaitASample() {
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
    }
}
