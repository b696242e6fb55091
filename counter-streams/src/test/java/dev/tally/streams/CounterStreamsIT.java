package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Fate;
import dev.tally.schemas.read.MalformedAnswerException;
import dev.tally.schemas.read.ReadProtocol;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.lifecycle.RefusedException;
import dev.tally.service.settings.Environment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterStreamsIT {
    /** More than the fold applies before a thousand reads are under way. */
    private static final int MANY = 200_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private RealBroker broker;
    private CounterStreamsMain streams;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new RealBroker();
    }

    @AfterEach
    void close() throws Exception {
        if (streams != null) {
            streams.close();
        }
        broker.close();
    }

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
    void shouldTellUnknownFromNotReadyAndFromZero() throws Exception {
        // given
        start();

        // when
        long offset = broker.append("shop/zero", Operation.ADD, 0);

        // then
        ReadResult.Found zero = awaitTotal("shop/zero", 0);
        assertThat(zero.asOf().receipt().offset()).isEqualTo(offset);
        ReadResult unknown = read("shop/never");
        assertThat(unknown).isInstanceOf(ReadResult.Unknown.class);

        // when
        streams.close();
        streams = null;
        CounterStreamsMain elsewhere = CounterStreamsMain.start(settings("127.0.0.1:1"));

        // then
        try {
            ReadResult notReady = ask(elsewhere, "shop/zero");
            assertThat(notReady).isInstanceOf(ReadResult.NotReady.class);
        } finally {
            elsewhere.close();
        }
    }

    @Test
    void shouldGoOnWhereItStoppedWhenRestarted() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);

        // when
        restart();

        // then
        ReadResult.Found restored = awaitTotal("shop/cart", 5);
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
        ReadResult.Found before = awaitTotal("shop/cart", 40);

        // when
        streams.close();
        deleteRecursively(temporary.resolve("state"));
        start();

        // then
        ReadResult.Found after = awaitTotal("shop/cart", 40);
        assertThat(after.updatedAt()).isEqualTo(before.updatedAt());
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
        try (Admin admin = admin()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of(CounterStreamsService.APPLICATION_ID))
                        .all()
                        .get();
                return true;
            });
        }

        // when
        start();
        broker.append("shop/cart", Operation.ADD, 1);

        // then
        awaitTotal("shop/cart", 51);
        assertThat(metric("tally_streams_events_skipped_total")).isEqualTo(50);
    }

    @Test
    void shouldRejectPoisonWithATraceAndGoOn() throws Exception {
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
    void shouldFailForGoodWhenAnOperationIsUnknown() throws Exception {
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
    void shouldFailForGoodWhenTheLogIsShorterThanTheState() throws Exception {
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
        await().atMost(PATIENCE).until(() -> streams.failure().isCompletedExceptionally());
        assertThat(streams.failure())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("no total can be vouched for");
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
        assertThat(fate("shop/cart", again, "a")).isEqualTo(Fate.DUPLICATE);

        // when
        streams.close();
        deleteRecursively(temporary.resolve("state"));
        start();
        again = receipt(broker.append("shop/cart", Operation.ADD, 5, "a"));

        // then
        assertThat(fate("shop/cart", again, "a")).isEqualTo(Fate.DUPLICATE);
        Receipt other = receipt(broker.append("shop/cart", Operation.ADD, 5, "b"));
        assertThat(fate("shop/cart", other, "b")).isEqualTo(Fate.APPLIED);
        awaitTotal("shop/cart", 10);
    }

    @Test
    void shouldRefuseAStateThatWasMadeWithAnotherWindow() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);
        streams.close();

        // when
        streams = CounterStreamsMain.start(settings(null, Map.of("TALLY_DEDUPLICATION_WINDOW", "1h")));

        // then
        await().atMost(PATIENCE).until(() -> streams.failure().isCompletedExceptionally());
        assertThat(streams.failure())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RefusedException.class)
                .withMessageContaining("TALLY_DEDUPLICATION_WINDOW is 3600000ms");
    }

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
    void shouldLeaveNoThreadBehindWhenClosed() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 1);
        awaitTotal("shop/cart", 1);

        // when
        streams.close();
        streams = null;

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name ->
                                name.contains("tally-") || name.startsWith("streams-") || name.startsWith("state-")));
    }

    private Random seeded() {
        long seed = System.nanoTime();
        System.out.println("CounterStreamsIT seed " + seed);
        return new Random(seed);
    }

    private void start() throws Exception {
        streams = CounterStreamsMain.start(settings(null));
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    }

    private void restart() throws Exception {
        streams.close();
        start();
    }

    /** Of an event of shop/cart. */
    private static Receipt receipt(long offset) {
        return new Receipt(
                Placement.partition("shop/cart".getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS), offset);
    }

    private Fate fate(String name, Receipt receipt, String id) throws Exception {
        ReadResult read = askLater(name, ReadQuery.fateOf(receipt, id, Duration.ofSeconds(30)))
                .get();
        return ((ReadResult.Found) read).fate();
    }

    private Why why(Receipts after, Duration wait) throws Exception {
        ReadResult read =
                askLater("shop/cart", new ReadQuery(after, false, wait, null)).get();
        return ((NotReached) read).why();
    }

    private StreamsSettings settings(String endpoint) {
        return settings(endpoint, Map.of());
    }

    private StreamsSettings settings(String endpoint, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>();
        variables.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        variables.put("TALLY_HTTP_PORT", "0");
        variables.put("TALLY_STATE_DIR", temporary.resolve("state").toString());
        variables.put("TALLY_EVENTS_PARTITIONS", String.valueOf(RealBroker.PARTITIONS));
        variables.putAll(more);
        if (endpoint != null) {
            variables.put("TALLY_STREAMS_ENDPOINT", endpoint);
        }
        Environment environment = Environment.of(variables, Map.of());
        StreamsSettings settings = StreamsSettings.read(environment);
        environment.verify();
        return settings;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private ReadResult.Found awaitTotal(String name, long total) {
        return await("the total of " + name)
                .atMost(PATIENCE)
                .until(
                        () -> read(name) instanceof ReadResult.Found found && found.total() == total ? found : null,
                        found -> found != null);
    }

    private ReadResult read(String name) throws Exception {
        return ask(streams, name);
    }

    private ReadResult ask(CounterStreamsMain asked, String name) throws Exception {
        return parse(http.send(
                HttpRequest.newBuilder(uri(asked, name, ReadQuery.NOW)).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    private CompletableFuture<ReadResult> askLater(String name, ReadQuery query) {
        return http.sendAsync(
                        HttpRequest.newBuilder(uri(streams, name, query)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(CounterStreamsIT::parse);
    }

    private static URI uri(CounterStreamsMain asked, String name, ReadQuery query) {
        CounterName counter = CounterName.ofKey(name.getBytes(StandardCharsets.UTF_8));
        return URI.create(asked.server().url() + ReadProtocol.counterTarget(counter, query));
    }

    private static ReadResult parse(HttpResponse<byte[]> answer) {
        try {
            return ReadProtocol.parseResult(answer.body());
        } catch (MalformedAnswerException e) {
            throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create(streams.server().url() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private double metric(String line) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
                .findFirst()
                .orElseThrow();
    }

    private static void deleteRecursively(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
