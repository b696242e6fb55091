package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CounterStreamsIT extends StreamsFixture {
    @Test
    void shouldCountAndFeedEachCounterOnceACommit() throws Exception {
        // given
        start();
        List<String> hits = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            hits.add("shop/c" + i % 100);
        }
        Collections.shuffle(hits, seeded());

        // when
        broker.appendAll(hits, 3);

        // then
        for (int i = 0; i < 100; i++) {
            awaitTotal("shop/c" + i, 600);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(broker.feed())
                        .hasSize(100)
                        .allSatisfy((name, total) -> assertThat(total).isEqualTo(600)));
        assertThat(broker.read(Topics.TOTALS)).hasSizeLessThan(10_000); // intermediate values are skipped
    }

    @Test
    void shouldAnswerManyTotalsFromMemoryAndLeaveTheOthersToReadsOfOne() throws Exception {
        // given
        start();
        broker.append("shop/one", Operation.ADD, 1);
        broker.append("shop/two words", Operation.ADD, 2);
        awaitTotal("shop/one", 1);
        awaitTotal("shop/two words", 2);

        // when
        List<String> names = Stream.of("shop/two words", "shop/never", "shop/one")
                .map(name -> CounterName.ofKey(name.getBytes(StandardCharsets.UTF_8)))
                .map(ReadProtocol::totalsName)
                .toList();
        List<ReadResult<Total>> results = ReadProtocol.parseTotals(
                get(ReadProtocol.LIVE.totalsTarget(names)).body().getBytes(StandardCharsets.UTF_8), 3);

        // then
        assertSame(results.get(0), read("shop/two words"));
        assertThat(results).element(1).isNull();
        assertSame(results.get(2), read("shop/one"));
        assertThat(get(ReadProtocol.LIVE.totalsPath()).statusCode()).isEqualTo(400);
        assertThat(get(ReadProtocol.LIVE.totalsPath() + "?of=shop%0A").body()).contains("1 to 128 names");
    }

    /** Equal but for the moment of the last check, which passes between two reads. */
    private static void assertSame(ReadResult<Total> one, ReadResult<Total> other) {
        assertThat(one)
                .usingRecursiveComparison()
                .ignoringFields("asOf.checkedAt")
                .isEqualTo(other);
    }

    @Test
    void shouldDistinguishUnknownFromNotReadyAndFromZero() throws Exception {
        // given
        start();

        // when
        long offset = broker.append("shop/zero", Operation.ADD, 0);

        // then
        ReadResult.Found<Total> zero = awaitTotal("shop/zero", 0);
        assertThat(zero.asOf().receipt().offset()).isEqualTo(offset);
        ReadResult<Total> unknown = read("shop/never");
        assertThat(unknown).isInstanceOf(ReadResult.Unknown.class);

        // when
        streams.close();
        streams = null;
        CounterStreamsMain elsewhere = CounterStreamsMain.start(settings("127.0.0.1:1"));

        // then
        try {
            ReadResult<Total> notReady = ask(elsewhere, "shop/zero");
            assertThat(notReady).isInstanceOf(ReadResult.NotReady.class);
        } finally {
            elsewhere.close();
        }
    }

    @Test
    void shouldResumeWhenRestarted() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);

        // when
        restart();

        // then
        ReadResult.Found<Total> restored = awaitTotal("shop/cart", 5);
        assertThat(restored.asOf().receipt()).isNotNull();

        // when
        broker.append("shop/cart", Operation.ADD, 6);

        // then
        awaitTotal("shop/cart", 11);
    }

    @Test
    void shouldRebuildTheSameStateWhenTheStateDirectoryIsLost() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        broker.append("shop/gone", Operation.ADD, 1);
        broker.append("shop/gone", Operation.DELETE, 0);
        broker.append("shop/cart", Operation.SET, 40);
        ReadResult.Found<Total> before = awaitTotal("shop/cart", 40);

        // when
        streams.close();
        deleteRecursively(temporary.resolve("state"));
        start();

        // then
        ReadResult.Found<Total> after = awaitTotal("shop/cart", 40);
        assertThat(after.value().updatedAt()).isEqualTo(before.value().updatedAt());
        assertThat(after.asOf().receipt()).isEqualTo(before.asOf().receipt());
        assertThat(read("shop/gone")).isInstanceOf(ReadResult.Unknown.class);
    }

    @Test
    void shouldNotCountTwiceWhenTheGroupLosesItsOffsets() throws Exception {
        // given
        start();
        for (int i = 0; i < 50; i++) {
            broker.append("shop/cart", Operation.ADD, 1);
        }
        awaitTotal("shop/cart", 50);
        streams.close();
        loseOffsets();

        // when
        start();
        broker.append("shop/cart", Operation.ADD, 1);

        // then
        awaitTotal("shop/cart", 51);
        assertThat(metric("tally_streams_events_skipped_total")).isEqualTo(50);
    }

    @Test
    void shouldWritePoisonToTheDeadLetterTopicAndContinue() throws Exception {
        // given
        start();
        byte[] key = "shop/cart".getBytes(StandardCharsets.UTF_8);
        int partition = dev.tally.schemas.name.Placement.partition(key, RealBroker.PARTITIONS);
        byte[] poison = "no magic byte".getBytes(StandardCharsets.UTF_8);

        // when
        long offset = broker.append(partition, key, poison);
        broker.append("shop/cart", Operation.ADD, 2);

        // then
        awaitTotal("shop/cart", 2);
        await().atMost(PATIENCE).until(() -> broker.read(Topics.REJECTED).size() == 1);
        ConsumerRecord<byte[], byte[]> rejected = broker.read(Topics.REJECTED).get(0);
        assertThat(rejected.key()).isEqualTo(key);
        assertThat(rejected.value()).isEqualTo(poison);
        Map<String, String> headers = new HashMap<>();
        rejected.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("tally.reason", "undecodable")
                .containsEntry("tally.topic", Topics.EVENTS)
                .containsEntry("tally.partition", String.valueOf(partition))
                .containsEntry("tally.offset", String.valueOf(offset))
                .containsKey("tally.detail");
        assertThat(metric("tally_streams_events_rejected_total{reason=\"undecodable\"}"))
                .isEqualTo(1);
    }

    @Test
    void shouldFailPermanentlyWhenAnOperationIsUnknown() throws Exception {
        // given
        start();
        byte[] event = dev.tally.schemas.wire.EventEncoder.released().encode(Operation.ADD, 1, null, 0, null);
        event[5] = 0;

        // when
        broker.append(0, "shop/c0".getBytes(StandardCharsets.UTF_8), event);
        broker.append(1, "shop/c0".getBytes(StandardCharsets.UTF_8), event);
        broker.append(2, "shop/c0".getBytes(StandardCharsets.UTF_8), event);
        broker.append(3, "shop/c0".getBytes(StandardCharsets.UTF_8), event);

        // then
        await().atMost(PATIENCE).until(() -> streams.failure().isCompletedExceptionally());
    }

    @Test
    void shouldRefuseToStartWhenATopicHasOtherPartitions() throws Exception {
        // given
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, 7, (short) 1)))
                    .all()
                    .get();
        }

        // when
        streams = CounterStreamsMain.start(settings(null));

        // then
        await().atMost(PATIENCE).until(() -> streams.failure().isCompletedExceptionally());
        assertThat(streams.failure())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(Topics.EVENTS);
    }

    @Test
    void shouldRefuseReadsWhenTheLogIsShorterThanTheState() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        broker.append("shop/cart", Operation.ADD, 6);
        awaitTotal("shop/cart", 11);
        streams.close();

        // when
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(Topics.EVENTS));
        }
        streams = CounterStreamsMain.start(settings(null));

        // then
        assertThat(sentence()).contains("totals cannot be trusted");
    }

    @Test
    void shouldRememberIdsWhenRestartedAndWhenTheStateDirectoryIsLost() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5, "a");
        broker.append("shop/cart", Operation.ADD, 5, "a");
        awaitTotal("shop/cart", 5);

        // when
        restart();
        Receipt again = receipt(broker.append("shop/cart", Operation.ADD, 5, "a"));

        // then
        assertThat(outcome("shop/cart", again, 5, "a").outcome()).isEqualTo(EventOutcome.DUPLICATE);

        // when
        streams.close();
        deleteRecursively(temporary.resolve("state"));
        start();
        again = receipt(broker.append("shop/cart", Operation.ADD, 5, "a"));

        // then
        assertThat(outcome("shop/cart", again, 5, "a").outcome()).isEqualTo(EventOutcome.DUPLICATE);
        Receipt other = receipt(broker.append("shop/cart", Operation.ADD, 5, "b"));
        assertThat(outcome("shop/cart", other, 5, "b").outcome()).isEqualTo(EventOutcome.APPLIED);
        awaitTotal("shop/cart", 10);
    }

    @Test
    void shouldRejectAReusedIdWhenRestartedAndRestored() throws Exception {
        // given
        start();
        Receipt first = receipt(broker.append("shop/cart", Operation.ADD, 5, "a"));
        awaitTotal("shop/cart", 5);

        for (int round = 0; round < 3; round++) {
            // when
            Receipt again = receipt(broker.append("shop/cart", Operation.ADD, 6, "a"));

            // then
            ReadResult.Found<Total> outcome = outcome("shop/cart", again, 6, "a");
            assertThat(outcome.outcome()).isEqualTo(EventOutcome.ID_REUSED);
            assertThat(outcome.first()).isEqualTo(new AppliedEvent(first, new EventContent(Operation.ADD, 5)));
            assertThat(outcome.value().total()).isEqualTo(5);

            // given
            streams.close();
            if (round == 1) {
                deleteRecursively(temporary.resolve("state"));
            }
            start();
            assertThat(outcome("shop/cart", again, 6, "a").outcome()).isEqualTo(EventOutcome.ID_REUSED);
        }

        // then
        await().atMost(PATIENCE).until(() -> broker.read(Topics.REJECTED).size() == 3);
        assertThat(new String(
                        broker.read(Topics.REJECTED)
                                .get(0)
                                .headers()
                                .lastHeader("tally.detail")
                                .value(),
                        StandardCharsets.UTF_8))
                .isEqualTo("id a: first ADD 5 at " + first + ", now ADD 6");
    }

    @Test
    void shouldCountOnWithTheWindowOfTheGenerationWhenTheSettingDiffers() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);
        streams.close();

        // when
        streams = CounterStreamsMain.start(settings(null, Map.of("TALLY_DEDUPLICATION_WINDOW", "1h")));
        awaitTotal("shop/cart", 5);

        // then
        assertThat(get("/readyz").body())
                .contains("TALLY_DEDUPLICATION_WINDOW is 1h, and generation g1 counts with 1d:"
                        + " set TALLY_DEDUPLICATION_WINDOW=1d, or count again with the setting:"
                        + " scripts/tally rebuild --accept-differences");
    }
}
