package dev.tally.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.streams.generation.Board;
import dev.tally.streams.generation.BoardReader;
import dev.tally.streams.generation.BoardWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rebuild of a log whose beginning is deleted: from snapshots of the state, or refused. */
class SnapshotIT extends StreamsFixture {
    private static final Duration CHANGE_MAX = Duration.ofSeconds(120);
    private static final String OFTEN = "500ms";
    private static final String OFF = "0s";
    private static final String CHANGELOG_OF_G2 = "tally-g2-counters-changelog";
    private static final int COUNTERS = 60;
    private static final int EVENTS = 2_000;

    /** A second instance with a state directory of its own. */
    private CounterStreamsMain second;

    private final Map<String, Long> totals = new TreeMap<>();

    @AfterEach
    void closeSecond() {
        if (second != null) {
            second.close();
        }
    }

    @Test
    void shouldBeginWithSnapshotsOfTwoInstancesWhenTheBeginningOfTheLogIsDeleted() throws Exception {
        // given
        start(OFTEN);
        second = CounterStreamsMain.start(settings(
                null,
                Map.of(
                        "TALLY_SNAPSHOT_INTERVAL",
                        OFTEN,
                        "TALLY_STATE_DIR",
                        temporary.resolve("second").toString())));
        append(seeded());
        deleteEventsSomeTime();
        awaitSnapshots();
        deleteEvents();
        broker.append("shop/c0", Operation.SET, 0);
        broker.append("shop/c0", Operation.ADD, 5, "once");

        // when
        Generations after = rebuild(false);

        // then
        assertThat(after.change()).isNull();
        assertThat(after.live()).isEqualTo("g2");
        assertThat(configs(CHANGELOG_OF_G2)).isEqualTo(configs("tally-g1-counters-changelog"));
        totals.put("shop/c0", 12L);
        broker.append("shop/c0", Operation.ADD, 5, "once");
        broker.append("shop/c0", Operation.ADD, 7, "early"); // applied before the snapshot
        broker.append("shop/c0", Operation.ADD, 7);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.feed()).isEqualTo(totals));
    }

    @Test
    void shouldGoOnWhenAnEarlierAttemptHasLeftSomething() throws Exception {
        // given
        snapshotsOfADeletedLog();
        requestRebuild(false);
        try (Admin admin = admin();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(CHANGELOG_OF_G2, RealBroker.PARTITIONS, (short) 1)))
                    .all()
                    .get();
            admin.alterConsumerGroupOffsets(
                            "tally-g2", Map.of(new TopicPartition(Topics.EVENTS, 0), new OffsetAndMetadata(1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(CHANGELOG_OF_G2, 0, "tshop/other".getBytes(UTF_8), new byte[] {1}))
                    .get();
            // an incomplete snapshot
            producer.send(new ProducerRecord<>(Topics.SNAPSHOTS, 0, "incomplete".getBytes(UTF_8), new byte[] {1}))
                    .get();
        }

        // when
        start(OFF);
        Generations after = awaitEnd();

        // then
        assertThat(after.change()).isNull();
        assertThat(after.live()).isEqualTo("g2");
        broker.append("shop/c1", Operation.SET, 1);
        totals.put("shop/c1", 1L);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.feed()).isEqualTo(totals));
    }

    @Test
    void shouldReplaceALostStateWithSnapshots() throws Exception {
        // given
        snapshotsOfADeletedLog();
        delete("tally-g1-counters-changelog");
        removeMembers();
        broker.append("shop/c1", Operation.ADD, 5);
        totals.merge("shop/c1", 5L, Long::sum);
        streams = CounterStreamsMain.start(settings(null));
        assertThat(sentence()).contains("count again with scripts/tally rebuild");

        // when
        Generations after = rebuild(false);

        // then
        assertThat(after.live()).isEqualTo("g2");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.feed()).isEqualTo(totals));
        awaitTotal("shop/c1", totals.get("shop/c1"));
    }

    @Test
    void shouldRefuseADamagedSnapshot() throws Exception {
        // given
        snapshotsOfADeletedLog();
        String[] note = board().notes().get("snapshot/0").split(" ");
        note[4] = "0000000000000001";
        new BoardWriter(settings(null).board()).post(Map.of("snapshot/0", String.join(" ", note)));

        // when
        start(OFF);
        Change refused = rebuild(false).change();

        // then
        assertThat(refused.phase()).isEqualTo(Phase.REFUSED);
        assertThat(refused.outcome())
                .startsWith("The events before 0-")
                .contains("The snapshot of partition 0 in tally.snapshots is damaged or incomplete");
    }

    @Test
    void shouldRefuseWithoutSnapshotsUnlessTheGapIsAccepted() throws Exception {
        // given
        start(OFF);
        append(seeded());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.feed()).isEqualTo(totals));
        String begins = deleteEvents();
        broker.append("shop/c0", Operation.ADD, 3);

        // when
        Change refused = rebuild(false).change();

        // then
        assertThat(refused.phase()).isEqualTo(Phase.REFUSED);
        assertThat(refused.outcome())
                .startsWith(
                        "The events before " + begins
                                + " were deleted and no snapshot of partition 0 reaches that far, so a rebuild would lack them");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/readyz").body()).contains("TALLY_SNAPSHOT_INTERVAL is 0s"));

        // when
        streams.close();
        start(OFF, Map.of("TALLY_STREAMS_ACCEPT_GAP", begins));
        Generations after = rebuild(true);

        // then
        assertThat(after.live()).isEqualTo("g3");
        broker.append("shop/c0", Operation.ADD, 1);
        await().atMost(PATIENCE).until(() -> broker.feed().get("shop/c0") == 4);
    }

    /** Ends with a stopped instance. */
    private void snapshotsOfADeletedLog() throws Exception {
        start(OFTEN);
        append(seeded());
        deleteEventsSomeTime();
        awaitSnapshots();
        streams.close();
        deleteEvents();
    }

    private void start(String interval) throws Exception {
        start(interval, Map.of());
    }

    private void start(String interval, Map<String, String> more) throws Exception {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("TALLY_SNAPSHOT_INTERVAL", interval);
        streams = CounterStreamsMain.start(settings(null, variables));
        awaitReady();
    }

    private void append(Random random) throws Exception {
        long now = System.currentTimeMillis();
        for (int i = 0; i < EVENTS; i++) {
            String name = "shop/c" + random.nextInt(COUNTERS);
            int kind = random.nextInt(20);
            long occurredAt = now - random.nextInt(200) * 3_600_000L;
            if (kind == 0) {
                var unused = broker.appendLater(name, Operation.DELETE, 0, null, occurredAt);
                totals.remove(name);
            } else if (kind == 1) {
                var unused = broker.appendLater(name, Operation.SET, i, null, occurredAt);
                totals.put(name, (long) i);
            } else {
                var unused = broker.appendLater(name, Operation.ADD, kind, kind < 8 ? "id" + i : null, occurredAt);
                totals.merge(name, (long) kind, Long::sum);
            }
        }
        broker.append("shop/c0", Operation.ADD, 7, "early");
        totals.merge("shop/c0", 7L, Long::sum);
        for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
            String last = last(partition);
            broker.append(last, Operation.ADD, 1);
            totals.put(last, 1L);
        }
    }

    /** A counter of the partition. */
    private static String last(int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "shop/last" + i)
                .filter(name -> Placement.partition(name.getBytes(UTF_8), RealBroker.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Snapshots are written only if events may be deleted. */
    private void deleteEventsSomeTime() throws Exception {
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS);
        AlterConfigOp week = new AlterConfigOp(new ConfigEntry("retention.ms", "604800000"), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(events, List.of(week))).all().get();
        }
    }

    /** The settings of a topic that are its own. */
    private Map<String, String> configs(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                    .filter(each -> each.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        }
    }

    private List<Long> ends() throws Exception {
        try (Admin admin = admin()) {
            List<Long> ends = new ArrayList<>();
            for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
                TopicPartition events = new TopicPartition(Topics.EVENTS, partition);
                ends.add(admin.listOffsets(Map.of(events, OffsetSpec.latest()))
                        .partitionResult(events)
                        .get()
                        .offset());
            }
            return ends;
        }
    }

    /** Of the whole log. */
    private void awaitSnapshots() throws Exception {
        List<Long> ends = ends();
        await().atMost(PATIENCE).until(() -> {
            Map<String, String> notes = board().notes();
            return IntStream.range(0, ends.size()).allMatch(partition -> {
                String note = notes.get("snapshot/" + partition);
                return note != null && Long.parseLong(note.split(" ")[5]) == ends.get(partition) - 1;
            });
        });
    }

    /** Deletes all events; returns where each partition begins. */
    private String deleteEvents() throws Exception {
        List<Long> ends = ends();
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < ends.size(); partition++) {
            all.put(new TopicPartition(Topics.EVENTS, partition), RecordsToDelete.beforeOffset(ends.get(partition)));
        }
        try (Admin admin = admin()) {
            admin.deleteRecords(all).all().get();
        }
        return IntStream.range(0, ends.size())
                .mapToObj(partition -> partition + "-" + ends.get(partition))
                .collect(Collectors.joining(","));
    }

    private Generations rebuild(boolean acceptDifferences) {
        requestRebuild(acceptDifferences);
        return awaitEnd();
    }

    private Generations awaitEnd() {
        return await("the end of the change")
                .atMost(CHANGE_MAX)
                .until(() -> board().generations(), now -> !now.isChanging());
    }

    private Board board() {
        try (BoardReader reader = new BoardReader(settings(null).board())) {
            return reader.readToEnd(PATIENCE);
        }
    }
}
