package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
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
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.topology.CountingModel;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Any log gives the state of {@link CountingModel}, however it is split into commits, and also after a restart, a replay of the
 * log from its beginning, or a restore from the changelog half-way.
 */
class ReplayIT extends StreamsFixture {
    private static final int ROUNDS = 4;
    private static final int EVENTS_A_ROUND = 3_000;
    private static final int COUNTERS = 2_500;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final HistoryRetention KEPT =
            new HistoryRetention(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(300));
    private static final long DAY = Duration.ofDays(1).toMillis();

    @Test
    void shouldGiveTheStateOfTheModelHoweverTheLogIsSplitRestoredAndReplayed() throws Exception {
        // given
        Random random = seeded();
        for (int round = 0; round < ROUNDS; round++) {
            start(random);

            // when
            long[] last = append(random);

            // then
            Map<Integer, CountingModel> models = models();
            for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
                assertSamePages(models.get(partition), partition, last[partition], random);
            }
            assertThat(models.values().stream()
                            .mapToLong(CountingModel::duplicates)
                            .sum())
                    .isPositive();
            assertThat(models.values().stream().mapToLong(CountingModel::reused).sum())
                    .isPositive();
            for (int i = 0; i < 40; i++) {
                String name = name(random);
                assertSame(models.get(partition(name)), name, last[partition(name)]);
            }
            streams.close();
            lose(random);
        }
    }

    private void start(Random random) {
        streams = CounterStreamsMain.start(settings(
                null,
                Map.of(
                        "TALLY_DEDUPLICATION_WINDOW", WINDOW.toMillis() + "ms",
                        "TALLY_HISTORY_MINUTES", KEPT.minutes().toMinutes() + "m",
                        "TALLY_HISTORY_HOURS", KEPT.hours().toHours() + "h",
                        "TALLY_HISTORY_DAYS", KEPT.days().toDays() + "d",
                        "TALLY_KAFKA_STREAMS_COMMIT_INTERVAL_MS", Integer.toString(10 + random.nextInt(200)))));
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    }

    /** Deletes nothing, the state or the group's offsets. */
    private void lose(Random random) throws Exception {
        int what = random.nextInt(3);
        if (what == 1) {
            deleteRecursively(temporary.resolve("state"));
        } else if (what == 2) {
            loseOffsets();
        }
    }

    /** Appends events; returns the last offset of each partition. */
    private long[] append(Random random) throws Exception {
        long now = System.currentTimeMillis();
        for (int i = 0; i < EVENTS_A_ROUND; i++) {
            String id = random.nextInt(3) == 0 ? "id-" + random.nextInt(20) : null;
            // Most repeated IDs have the same content as before, some have random content.
            Random content = id == null || random.nextInt(4) == 0 ? random : new Random(id.hashCode());
            Operation operation =
                    content.nextInt(8) > 0 ? Operation.ADD : content.nextInt(3) == 0 ? Operation.DELETE : Operation.SET;
            long value = content.nextInt(40) == 0 ? Long.MAX_VALUE : content.nextInt(-20, 100);
            long ago = random.nextInt(3) == 0 ? random.nextLong(4 * DAY) : random.nextLong(600_000) - 60_000;
            var unused = broker.appendLater(name(random), operation, value, id, now - ago);
        }
        long[] last = new long[RealBroker.PARTITIONS];
        for (int partition = 0; partition < last.length; partition++) {
            last[partition] = -1;
        }
        for (ConsumerRecord<byte[], byte[]> record : flushed()) {
            last[record.partition()] = Math.max(last[record.partition()], record.offset());
        }
        return last;
    }

    private List<ConsumerRecord<byte[], byte[]>> flushed() {
        broker.appendAll(List.of("r/flushed"), 1); // waits for all earlier records
        return broker.read(Topics.EVENTS);
    }

    private static String name(Random random) {
        return "r/c" + (int) (Math.pow(random.nextDouble(), 2) * COUNTERS);
    }

    private static int partition(String name) {
        return Placement.partition(name.getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS);
    }

    private Map<Integer, CountingModel> models() {
        Map<Integer, CountingModel> models = new TreeMap<>();
        for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
            models.put(partition, new CountingModel(WINDOW, KEPT));
        }
        EventDecoder event = EventDecoder.released();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(Topics.EVENTS)) {
            assertThat(event.decode(record.value())).isTrue();
            models.get(record.partition())
                    .apply(
                            record.timestamp(),
                            new String(record.key(), StandardCharsets.UTF_8),
                            event.operation(),
                            event.value(),
                            event.id(),
                            event.occurredAtMillis());
        }
        return models;
    }

    private void assertSamePages(CountingModel model, int partition, long last, Random random) throws Exception {
        List<String> listed = new ArrayList<>();
        String beyond = null;
        do {
            PageQuery page = PageQuery.byName("r", "", beyond, 1 + random.nextInt(1_000));
            CounterPage given = page(partition, page, last);
            given.counters().forEach(entry -> listed.add(entry.counter() + "=" + entry.total()));
            beyond = given.upTo();
        } while (beyond != null);
        assertThat(listed).isEqualTo(model.byName("r"));

        CounterPage top = page(partition, PageQuery.byTotal("r", PageQuery.LIMIT_MAX), last);
        assertThat(top.counters().stream().map(entry -> entry.counter() + "=" + entry.total()))
                .isEqualTo(
                        model.byTotal("r").stream().limit(PageQuery.LIMIT_MAX).toList());
    }

    private void assertSame(CountingModel model, String name, long last) throws Exception {
        CounterName counter = CounterName.ofKey(name.getBytes(StandardCharsets.UTF_8));
        ReadQuery query = after(partition(name), last);
        ReadResult<Explanation> explained = ResultFormat.EXPLANATION.parse(
                body(ReadProtocol.LIVE.explanation(counter).target(query)));
        CountingModel.Counter expected = model.counter(name);
        if (expected == null) {
            assertThat(explained).isInstanceOf(ReadResult.Unknown.class);
            return;
        }
        Explanation explanation = ((ReadResult.Found<Explanation>) explained).value();
        assertThat(List.of(explanation.total(), explanation.adds(), explanation.sets(), explanation.duplicates()))
                .as(name)
                .isEqualTo(List.of(expected.total(), expected.adds(), expected.sets(), expected.duplicates()));
        for (Step step : Step.values()) {
            long earliest = model.earliest(step);
            HistoryRange range = new HistoryRange(step, earliest, earliest + HistoryRange.BUCKETS_MAX);
            ReadResult<History> answer = ResultFormat.HISTORY.parse(
                    body(ReadProtocol.LIVE.history(counter, range).target(query)));
            History history = ((ReadResult.Found<History>) answer).value();
            Map<Long, BigInteger> seen = new TreeMap<>();
            history.buckets().forEach(bucket -> seen.put(bucket.number(), bucket.delta()));
            seen.values().removeIf(BigInteger.ZERO::equals);
            assertThat(history.earliest()).isEqualTo(earliest);
            assertThat(seen).as(name + " by " + step).isEqualTo(model.history(name, step));
        }
    }

    private CounterPage page(int partition, PageQuery page, long last) throws Exception {
        byte[] body = body(ReadProtocol.LIVE.page(partition, page).target(after(partition, last)));
        ReadResult<CounterPage> answer = ResultFormat.PAGE.parse(body);
        return ((ReadResult.Found<CounterPage>) answer).value();
    }

    private static ReadQuery after(int partition, long offset) {
        return new ReadQuery(
                offset < 0 ? Receipts.NONE : Receipts.of(new Receipt(partition, offset)), false, PATIENCE, null);
    }

    private byte[] body(String target) throws Exception {
        URI uri = URI.create(streams.server().url() + target);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
