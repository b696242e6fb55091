package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Reads that wait for an event and are answered as soon as it is applied. */
class WaitingReadsIT extends StreamsFixture {
    /** More events than counting applies before a thousand reads are in flight. */
    private static final int MANY = 200_000;

    @Test
    void shouldAnswerAThousandWaitingReadsOnceTheirEventIsCounted() throws Exception {
        // given
        start();
        broker.appendAll(Collections.nCopies(MANY, "shop/cart"), 1);
        Receipt last = receipt(broker.append("shop/cart", Operation.ADD, 1));

        // when
        List<CompletableFuture<ReadResult<Total>>> reads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            reads.add(askLater("shop/cart", new ReadQuery(Receipts.of(last), false, PATIENCE, null)));
        }

        // then
        for (CompletableFuture<ReadResult<Total>> read : reads) {
            assertThat(read.get(60, TimeUnit.SECONDS)).isInstanceOfSatisfying(ReadResult.Found.class, found -> {
                assertThat(((Total) found.value()).total()).isEqualTo(MANY + 1);
                assertThat(found.asOf().receipt()).isEqualTo(last);
            });
        }
        await().atMost(PATIENCE).until(() -> metric("tally_streams_reads_waiting") == 0);
    }

    @Test
    void shouldDistinguishReceiptsThatCannotBeReached() throws Exception {
        // given
        start();
        Receipt last = receipt(broker.append("shop/cart", Operation.ADD, 1));
        awaitTotal("shop/cart", 1);
        Receipts ahead = Receipts.of(new Receipt(last.partition(), last.offset() + 1));
        Receipts elsewhere = Receipts.of(new Receipt((last.partition() + 1) % RealBroker.PARTITIONS, 1_000_000));
        Receipts nowhere = Receipts.of(new Receipt(RealBroker.PARTITIONS, 0));

        // when, then
        for (Duration wait : List.of(Duration.ZERO, Duration.ofSeconds(10))) {
            assertThat(why(ahead, wait)).isEqualTo(Why.AHEAD);
            assertThat(why(nowhere, wait)).isEqualTo(Why.NO_SUCH_PARTITION);
            assertThat(askLater("shop/cart", new ReadQuery(elsewhere, false, wait, null))
                            .get())
                    .isInstanceOf(ReadResult.Found.class);
        }
    }

    @Test
    void shouldAnswerACommittedReadOnceItsReceiptIsCommitted() throws Exception {
        // given
        start();
        for (int i = 1; i <= 20; i++) {
            Receipt receipt = receipt(broker.append("shop/cart", Operation.ADD, 1));

            // when
            ReadResult<Total> read = askLater(
                            "shop/cart", new ReadQuery(Receipts.of(receipt), true, Duration.ofSeconds(30), null))
                    .get();

            // then
            assertThat(read)
                    .isInstanceOfSatisfying(
                            ReadResult.Found.class,
                            found -> assertThat(((Total) found.value()).total()).isEqualTo(receipt.offset() + 1));
            assertThat(committed(receipt.partition())).isGreaterThan(receipt.offset());
        }
    }

    /** The commit interval is longer than the wait of the reads, so only a commit that the reads request occurs. */
    @Test
    void shouldAnswerCommittedReadsWhenNoCommitIsDue() throws Exception {
        // given
        streams = CounterStreamsMain.start(settings(
                null,
                Map.of(
                        "TALLY_KAFKA_STREAMS_COMMIT_INTERVAL_MS", "600000",
                        "TALLY_KAFKA_STREAMS_PRODUCER_TRANSACTION_TIMEOUT_MS", "900000")));
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
        for (int i = 1; i <= 10; i++) {
            int hits = i;
            Receipt receipt = receipt(broker.append("shop/cart", Operation.ADD, 1));

            // when
            ReadResult<Total> read = askLater("shop/cart", new ReadQuery(Receipts.of(receipt), true, PATIENCE, null))
                    .get();

            // then
            assertThat(read)
                    .isInstanceOfSatisfying(
                            ReadResult.Found.class,
                            found -> assertThat(((Total) found.value()).total()).isEqualTo(hits));
            assertThat(committed(receipt.partition())).isGreaterThan(receipt.offset());
        }
    }

    /** With pauses between polls and spaced commits; each read is answered before the next event is appended. */
    @Test
    void shouldAnswerReadsOneAfterAnotherWhileRecordsComeFast() throws Exception {
        // given
        start();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> load =
                CompletableFuture.supplyAsync(() -> load(over), task -> new Thread(task).start());
        try {
            for (int i = 1; i <= 500; i++) {
                Receipt receipt = receipt(broker.append("shop/cart", Operation.ADD, 1));

                // when
                ReadResult<Total> read = askLater(
                                "shop/cart", new ReadQuery(Receipts.of(receipt), i % 50 == 0, PATIENCE, null))
                        .get();

                // then
                int hits = i;
                assertThat(read)
                        .isInstanceOfSatisfying(
                                ReadResult.Found.class,
                                found -> assertThat(((Total) found.value()).total())
                                        .isEqualTo(hits));
            }
        } finally {
            over.set(true);
        }
        awaitTotal("shop/other", load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** Appends far more than a thousand hits a second to another counter; returns their number. */
    private long load(AtomicBoolean over) {
        long hits = 0;
        while (!over.get()) {
            broker.appendAll(Collections.nCopies(100, "shop/other"), 1);
            hits += 100;
        }
        return hits;
    }

    @Test
    void shouldAnswerImmediatelyWhenItIsStoppedWhileAReadWaits() throws Exception {
        // given: an event that may not be counted yet
        start();
        broker.append("shop/cart", Operation.ADD, 1);
        awaitTotal("shop/cart", 1);
        try (KafkaProducer<byte[], byte[]> open = broker.transaction()) {
            Receipt uncommitted = receipt(broker.append(open, "shop/cart"));
            CompletableFuture<ReadResult<Total>> read =
                    askLater("shop/cart", new ReadQuery(Receipts.of(uncommitted), false, ReadQuery.WAIT_MAX, null));
            await().until(() -> metric("tally_streams_reads_waiting") == 1);

            // when
            long started = System.nanoTime();
            streams.close();
            streams = null;

            // then
            assertThat(read.get(1, TimeUnit.SECONDS)).isEqualTo(new ReadResult.NotReady<>("this instance is stopping"));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
    }

    /** The committed offset of the group. */
    private long committed(int partition) throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets(StreamsFixture.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(Topics.EVENTS, partition))
                    .offset();
        }
    }

    private Why why(Receipts after, Duration wait) throws Exception {
        ReadResult<Total> read =
                askLater("shop/cart", new ReadQuery(after, false, wait, null)).get();
        return ((NotReached) read).why();
    }
}
