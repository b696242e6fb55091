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
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Reads that wait for an event, and are answered as soon as it is counted. */
class WaitingReadsIT extends StreamsFixture {
    /** More than the fold applies before a thousand reads are under way. */
    private static final int MANY = 200_000;

    @Test
    void shouldAnswerAThousandWaitingReadsOnceTheirEventIsCounted() throws Exception {
        // given
        start();
        broker.appendAll(Collections.nCopies(MANY, "shop/cart"), 1);
        Receipt last = receipt(broker.append("shop/cart", Operation.ADD, 1));

        // when
        List<CompletableFuture<ReadResult>> reads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            reads.add(askLater("shop/cart", new ReadQuery(Receipts.of(last), false, PATIENCE, null)));
        }

        // then
        for (CompletableFuture<ReadResult> read : reads) {
            assertThat(read.get(60, TimeUnit.SECONDS)).isInstanceOfSatisfying(ReadResult.Found.class, found -> {
                assertThat(found.total()).isEqualTo(MANY + 1);
                assertThat(found.asOf().receipt()).isEqualTo(last);
            });
        }
        await().atMost(PATIENCE).until(() -> metric("tally_streams_reads_waiting") == 0);
    }

    @Test
    void shouldTellReceiptsThatCannotBeReachedApart() throws Exception {
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
            ReadResult read = askLater(
                            "shop/cart", new ReadQuery(Receipts.of(receipt), true, Duration.ofSeconds(30), null))
                    .get();

            // then
            assertThat(read)
                    .isInstanceOfSatisfying(
                            ReadResult.Found.class,
                            found -> assertThat(found.total()).isEqualTo(receipt.offset() + 1));
            try (Admin admin = admin()) {
                long committed = admin.listConsumerGroupOffsets(CounterStreamsService.APPLICATION_ID)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(new TopicPartition(Topics.EVENTS, receipt.partition()))
                        .offset();
                assertThat(committed).isGreaterThan(receipt.offset());
            }
        }
    }

    @Test
    void shouldAnswerAtOnceWhenItIsStoppedWhileAReadWaits() throws Exception {
        // given: an event that nobody may fold yet
        start();
        broker.append("shop/cart", Operation.ADD, 1);
        awaitTotal("shop/cart", 1);
        try (KafkaProducer<byte[], byte[]> open = broker.transaction()) {
            Receipt uncommitted = receipt(broker.append(open, "shop/cart"));
            CompletableFuture<ReadResult> read =
                    askLater("shop/cart", new ReadQuery(Receipts.of(uncommitted), false, ReadQuery.WAIT_MAX, null));
            await().until(() -> metric("tally_streams_reads_waiting") == 1);

            // when
            long started = System.nanoTime();
            streams.close();
            streams = null;

            // then
            assertThat(read.get(1, TimeUnit.SECONDS)).isEqualTo(new ReadResult.NotReady("this instance is stopping"));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private Why why(Receipts after, Duration wait) throws Exception {
        ReadResult read =
                askLater("shop/cart", new ReadQuery(after, false, wait, null)).get();
        return ((NotReached) read).why();
    }
}
