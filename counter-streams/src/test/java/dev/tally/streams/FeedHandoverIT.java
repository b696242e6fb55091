package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.topology.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two generations write the feeds one after the other, and give together the feeds of a single one. */
class FeedHandoverIT extends StreamsFixture {
    private static final int EVENTS = 3_000;
    private static final int COUNTERS = 40;
    private static final Map<Integer, Long> NO_LIMITS = Map.of();

    private final List<CountingInstance> instances = new ArrayList<>();
    private final StateMemory memory = new StateMemory(8L << 20);

    @AfterEach
    void closeInstances() {
        instances.forEach(CountingInstance::close);
        memory.close();
    }

    @Test
    void shouldGiveTheFeedsOfOneRunWhenAnotherGenerationContinuesAtTheLimit() throws Exception {
        // given
        Random random = seeded();
        createTopics();
        append(random);
        List<Long> ends = EventLogEnds.of(broker);
        Map<Integer, Long> limits = new HashMap<>();
        for (int partition = 0; partition < ends.size(); partition++) {
            limits.put(partition, random.nextLong(-1, ends.get(partition)));
        }
        List<Long> atLimits = IntStream.range(0, ends.size())
                .mapToObj(partition -> limits.get(partition) + 1)
                .toList();

        // when: the new generation counts up to the limits without feeds
        CountingInstance successor = instance("tally-g2", limits, false);
        awaitCommitted(successor, atLimits);

        // then
        assertThat(broker.read(Topics.TOTALS)).isEmpty();
        assertThat(broker.read(Topics.REJECTED)).isEmpty();

        // when: the live generation writes the feeds up to the limits, and the new one after them
        CountingInstance live = instance("tally-g1", limits, true);
        awaitCommitted(live, atLimits);
        assertThat(rejected(live)).isEqualTo(rejected(successor));
        live.feeds.set(false);
        successor.feeds.set(true);
        live.limit.lift();
        successor.limit.lift();
        awaitCommitted(successor, ends);
        awaitCommitted(live, ends);
        Feed together = feed(Map.of());
        assertThat(rejected(live)).isEqualTo(rejected(successor)).isEqualTo(together.rejected.size());

        // then
        Map<TopicPartition, Long> before = lastOffsets();
        awaitCommitted(instance("tally-g3", NO_LIMITS, true), ends);
        Feed alone = feed(before);
        assertThat(together.totals).isEqualTo(alone.totals).isNotEmpty();
        assertThat(together.rejected)
                .containsExactlyInAnyOrderElementsOf(alone.rejected)
                .isNotEmpty();
    }

    private CountingInstance instance(String applicationId, Map<Integer, Long> limits, boolean feedsOn) {
        CountingInstance instance = new CountingInstance(
                settings(null), memory, applicationId, temporary.resolve(applicationId), limits, feedsOn);
        instances.add(instance);
        return instance;
    }

    /** An instance creates the topics when it starts. */
    private void createTopics() {
        try (CountingInstance first = instance("tally-g0", NO_LIMITS, true)) {
            await().atMost(PATIENCE).until(() -> first.partitions().size() == RealBroker.PARTITIONS);
        }
    }

    private static void awaitCommitted(CountingInstance instance, List<Long> offsets) {
        await().atMost(PATIENCE).until(() -> instance.committed().equals(offsets));
    }

    private static long rejected(CountingInstance instance) {
        return Arrays.stream(Rejection.values())
                .mapToLong(instance.metrics::rejected)
                .sum();
    }

    /** Changes, deletions, duplicates and rejected events of all counters. */
    private void append(Random random) throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            String name = "shop/c" + random.nextInt(COUNTERS);
            int kind = random.nextInt(20);
            if (kind == 0) {
                broker.append(random.nextInt(RealBroker.PARTITIONS), utf8(name), utf8("no event"));
            } else {
                Operation operation = kind == 1 ? Operation.DELETE : kind == 2 ? Operation.SET : Operation.ADD;
                String id = kind < 6 ? "id" + random.nextInt(10) : null;
                long value = kind == 7 ? Long.MAX_VALUE : kind == 1 ? 0 : random.nextInt(5);
                var unused = broker.appendLater(name, operation, value, id, 1_000);
            }
        }
        broker.append("shop/last", Operation.ADD, 1);
        broker.appendAll(List.of(), 0); // waits for all events
    }

    /** What the feeds say after these offsets. */
    private Feed feed(Map<TopicPartition, Long> after) {
        Map<String, String> totals = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : recordsAfter(Topics.TOTALS, after)) {
            totals.put(text(record.key()), record.timestamp() + Arrays.toString(record.value()));
        }
        List<String> rejected = recordsAfter(Topics.REJECTED, after).stream()
                .map(record -> text(record.headers()
                                .lastHeader(RejectedHeaders.PARTITION)
                                .value())
                        + "-"
                        + text(record.headers()
                                .lastHeader(RejectedHeaders.OFFSET)
                                .value())
                        + " "
                        + text(record.headers()
                                .lastHeader(RejectedHeaders.DETAIL)
                                .value())
                        + " "
                        + Arrays.toString(record.value()))
                .toList();
        return new Feed(totals, rejected);
    }

    private List<ConsumerRecord<byte[], byte[]>> recordsAfter(String topic, Map<TopicPartition, Long> after) {
        return broker.read(topic).stream()
                .filter(record -> record.offset()
                        > after.getOrDefault(new TopicPartition(record.topic(), record.partition()), -1L))
                .toList();
    }

    private Map<TopicPartition, Long> lastOffsets() {
        return List.of(Topics.TOTALS, Topics.REJECTED).stream()
                .flatMap(topic -> broker.read(topic).stream())
                .collect(Collectors.toMap(
                        record -> new TopicPartition(record.topic(), record.partition()),
                        ConsumerRecord::offset,
                        Math::max));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * @param totals the last value of each counter
     * @param rejected all rejected events
     */
    private record Feed(Map<String, String> totals, List<String> rejected) {}
}
