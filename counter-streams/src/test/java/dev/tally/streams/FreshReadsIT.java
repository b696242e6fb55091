package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Step;
import dev.tally.schemas.read.Total;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Each answer of an instance, of any kind, includes everything that the instance has returned or applied before. */
class FreshReadsIT extends StreamsFixture {
    private static final int HITS = 200;
    private static final int COUNTERS = 40;
    private static final int MINUTE_MILLIS = 60_000;

    @Test
    void shouldIncludeAHitInEveryKindOfAnswerWhenItsTotalWasReturned() throws Exception {
        // given
        Random random = seeded();
        start();
        for (int i = 0; i < HITS; i++) {
            String name = "shop/n" + i;
            long occurredAt = System.currentTimeMillis();
            Receipt receipt = new Receipt(partition(name), broker.append(name, Operation.ADD, 1, null, occurredAt));
            ReadResult<Total> shown = askLater(name, new ReadQuery(Receipts.of(receipt), false, PATIENCE, null))
                    .get();
            assertThat(shown).isInstanceOf(ReadResult.Found.class);

            // when, then: none of these reads specifies a receipt
            switch (random.nextInt(4)) {
                case 0 -> assertExplained(name, receipt);
                case 1 -> assertInHistory(name, receipt, occurredAt);
                case 2 -> assertListed(name, receipt, PageQuery.byName("shop", "n" + i, null, 1));
                default -> assertListed(name, receipt, PageQuery.byTotal("shop", PageQuery.LIMIT_MAX));
            }
        }
    }

    /** Each read of an idle partition wakes its stream thread, also during rebalances. */
    @Test
    void shouldContinueCountingAndAnsweringWhenAnotherInstanceJoinsAndLeaves() throws Exception {
        // given
        Random random = seeded();
        start();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService client = Executors.newSingleThreadExecutor();
        Future<long[]> counted = client.submit(() -> {
            long[] hits = new long[COUNTERS];
            while (!over.get()) {
                int counter = random.nextInt(COUNTERS);
                String name = "moved/n" + counter;
                Receipt receipt = new Receipt(partition(name), broker.append(name, Operation.ADD, 1));
                hits[counter]++;
                assertNotOlder(name, receipt, hits[counter]);
            }
            return hits;
        });
        try {
            // when
            CounterStreamsMain other = CounterStreamsMain.start(settings(
                    null, Map.of("TALLY_STATE_DIR", temporary.resolve("other").toString())));
            try {
                await().atMost(PATIENCE).until(() -> served() == RealBroker.PARTITIONS / 2);
            } finally {
                other.close();
            }
            await().atMost(PATIENCE).until(() -> served() == RealBroker.PARTITIONS);
        } finally {
            over.set(true);
        }

        // then
        long[] hits = counted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.shutdown();
        for (int i = 0; i < COUNTERS; i++) {
            if (hits[i] > 0) {
                awaitTotal("moved/n" + i, hits[i]);
            }
        }
        assertThat(streams.failure()).isNotDone();
    }

    private double served() throws Exception {
        return metric("tally_streams_partitions_served");
    }

    /** If this instance has returned a total with the hit, its explanation includes it too, unless the partition has moved. */
    private void assertNotOlder(String name, Receipt receipt, long hits) throws Exception {
        ReadQuery query = new ReadQuery(Receipts.of(receipt), false, ReadQuery.WAIT_DEFAULT, null);
        if (askLater(name, query).get() instanceof ReadResult.Found) {
            ReadResult<Explanation> answer = ResultFormat.EXPLANATION.parse(
                    body(ReadProtocol.LIVE.explanation(counter(name)).target(ReadQuery.NOW)));
            if (answer instanceof ReadResult.Found<Explanation> given) {
                assertThat(given.value().total()).isEqualTo(hits);
            } else {
                assertThat(answer).isInstanceOfAny(ReadResult.Elsewhere.class, ReadResult.NotReady.class);
            }
        }
    }

    private void assertExplained(String name, Receipt receipt) throws Exception {
        ReadResult<Explanation> answer = ResultFormat.EXPLANATION.parse(
                body(ReadProtocol.LIVE.explanation(counter(name)).target(ReadQuery.NOW)));
        assertThat(given(answer, receipt).total()).isEqualTo(1);
    }

    private void assertInHistory(String name, Receipt receipt, long occurredAt) throws Exception {
        long minute = occurredAt / MINUTE_MILLIS;
        HistoryRange range = new HistoryRange(Step.MINUTE, minute, minute + 1);
        ReadResult<History> answer = ResultFormat.HISTORY.parse(
                body(ReadProtocol.LIVE.history(counter(name), range).target(ReadQuery.NOW)));
        assertThat(given(answer, receipt).buckets())
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.delta()).isEqualTo(1));
    }

    private void assertListed(String name, Receipt receipt, PageQuery page) throws Exception {
        ReadResult<CounterPage> answer = ResultFormat.PAGE.parse(
                body(ReadProtocol.LIVE.page(receipt.partition(), page).target(ReadQuery.NOW)));
        assertThat(given(answer, receipt).counters())
                .extracting(CounterPage.Entry::counter)
                .contains(counter(name).counter());
    }

    private static <T> T given(ReadResult<T> answer, Receipt receipt) {
        assertThat(answer).as("after %s", receipt).isInstanceOf(ReadResult.Found.class);
        ReadResult.Found<T> given = (ReadResult.Found<T>) answer;
        AsOf asOf = given.asOf();
        assertThat(asOf.receipt().offset()).isGreaterThanOrEqualTo(receipt.offset());
        return given.value();
    }

    private byte[] body(String target) throws Exception {
        URI uri = URI.create(streams.server().url() + target);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static CounterName counter(String name) {
        return CounterName.ofKey(name.getBytes(StandardCharsets.UTF_8));
    }

    private static int partition(String name) {
        return Placement.partition(name.getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS);
    }
}
