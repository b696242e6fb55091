package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.streams.state.rocksdb.StateMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counting stops exactly at the limits while the log is being written, and continues when they are raised or lifted. */
class OffsetLimitIT extends StreamsFixture {
    /** Partitions that are written during the test. */
    private static final List<Integer> BUSY = List.of(0, 1);
    /** A partition whose last record is a transaction marker. */
    private static final int AT_ITS_END = 2;

    private static final int EMPTY = 3;
    private static final Map<Integer, Long> NOTHING = Map.of(0, -1L, 1, -1L, AT_ITS_END, -1L, EMPTY, -1L);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final List<CountingInstance> instances = new ArrayList<>();
    private final StateMemory memory = new StateMemory(8L << 20);
    private final AtomicLong written = new AtomicLong();
    private volatile boolean stopped;

    @AfterEach
    void closeInstances() {
        stopped = true;
        threads.shutdown();
        instances.forEach(CountingInstance::close);
        memory.close();
    }

    @Test
    void shouldCountExactlyTheRecordsUpToTheLimits() throws Exception {
        // given
        Random random = seeded();
        start("one", Map.of());
        awaitPartitions();
        appendTransaction();
        long seed = random.nextLong();
        Future<?> writer = threads.submit(() -> write(new Random(seed)));
        awaitWritten(500 + random.nextInt(1_000));

        // when: everything is withheld, and then the limit is the last offset of each partition
        instances.get(0).limit.set(NOTHING);
        List<Long> limits = lastOffsets();

        // then
        shouldStopAt(limits);
        awaitWritten(written.get() + 500);
        assertStopped(limits);

        // when, then: the limits are raised
        limits = between(limits, random);
        shouldStopAt(limits);
        awaitWritten(written.get() + 500);
        assertStopped(limits);

        // when, then: another instance joins under the limits, which are raised afterwards
        start("two", byPartition(limits));
        awaitPartitions();
        assertThat(instances).noneMatch(each -> each.partitions().isEmpty());
        limits = between(limits, random);
        shouldStopAt(limits);
        stopped = true;
        writer.get();
        assertStopped(limits);

        // when, then: both start again under the limits, one of them without its state
        instances.forEach(CountingInstance::close);
        instances.clear();
        deleteRecursively(temporary.resolve("two"));
        start("one", byPartition(limits));
        start("two", byPartition(limits));
        awaitPartitions();
        assertStopped(limits);
        limits = oneFurther(limits);
        shouldStopAt(limits);

        // when
        instances.forEach(each -> each.limit.lift());

        // then
        awaitStopped(lastOffsets());
        assertStopped(lastOffsets());
    }

    private void start(String name, Map<Integer, Long> limits) {
        instances.add(
                new CountingInstance(settings(null), memory, APPLICATION_ID, temporary.resolve(name), limits, true));
    }

    /** Waits until each partition is served, and each instance serves one. */
    private void awaitPartitions() {
        await().atMost(PATIENCE)
                .until(() -> instances.stream()
                                .noneMatch(each -> each.partitions().isEmpty())
                        && instances.stream()
                                        .mapToInt(each -> each.partitions().size())
                                        .sum()
                                == RealBroker.PARTITIONS);
    }

    private void shouldStopAt(List<Long> limits) throws Exception {
        instances.forEach(each -> each.limit.set(byPartition(limits)));
        awaitStopped(limits);
        assertStopped(limits);
    }

    private void appendTransaction() throws Exception {
        try (KafkaProducer<byte[], byte[]> open = broker.transaction()) {
            broker.append(open, name(AT_ITS_END, 0));
            broker.append(open, name(AT_ITS_END, 1));
            open.commitTransaction();
        }
    }

    /** Appends events to the busy partitions until it is stopped. At most a few of them are not yet in the log. */
    private Void write(Random random) throws Exception {
        while (!stopped) {
            List<Future<RecordMetadata>> batch = new ArrayList<>();
            for (int i = 1 + random.nextInt(40); i > 0; i--) {
                String name = name(BUSY.get(random.nextInt(BUSY.size())), random.nextInt(20));
                batch.add(broker.appendLater(name, Operation.ADD, 1 + random.nextInt(100), null, 1_000));
            }
            for (Future<RecordMetadata> each : batch) {
                each.get();
            }
            written.addAndGet(batch.size());
        }
        return null;
    }

    private void awaitWritten(long count) {
        await().atMost(PATIENCE).until(() -> written.get() >= count);
    }

    private void awaitStopped(List<Long> limits) {
        List<Long> offsets = limits.stream().map(last -> last + 1).toList();
        await().atMost(PATIENCE).until(() -> instances.get(0).committed().equals(offsets));
    }

    /** Only the records up to the limits are applied. */
    private void assertStopped(List<Long> limits) throws Exception {
        assertThat(instances.get(0).committed())
                .isEqualTo(limits.stream().map(last -> last + 1).toList());
        Map<Integer, Map<String, Long>> totals = new HashMap<>();
        EventDecoder decoder = new EventDecoder(ReleasedSchemas.get());
        Map<Integer, Long> lastRecords = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> event : broker.read(Topics.EVENTS)) {
            if (event.offset() <= limits.get(event.partition())) {
                assertThat(decoder.decode(event.value())).isTrue();
                totals.computeIfAbsent(event.partition(), partition -> new HashMap<>())
                        .merge(new String(event.key(), StandardCharsets.UTF_8), decoder.value(), Long::sum);
                lastRecords.put(event.partition(), event.offset());
            }
        }
        AtomicInteger served = new AtomicInteger();
        for (CountingInstance instance : instances) {
            for (int partition : instance.partitions()) {
                served.incrementAndGet();
                assertThat(instance.applied(partition)).isEqualTo(lastRecords.getOrDefault(partition, -1L));
                totals.getOrDefault(partition, Map.of())
                        .forEach((name, total) -> assertThat(
                                        instance.total(partition, name.getBytes(StandardCharsets.UTF_8)))
                                .as(name)
                                .isEqualTo(total));
            }
        }
        assertThat(served).hasValue(RealBroker.PARTITIONS);
    }

    /** Limits from these up to the current end of the log. */
    private List<Long> between(List<Long> limits, Random random) throws Exception {
        List<Long> last = lastOffsets();
        return IntStream.range(0, last.size())
                .mapToObj(partition -> random.nextLong(limits.get(partition), last.get(partition) + 1))
                .toList();
    }

    /** Limits that allow one more record of each partition that has one. */
    private List<Long> oneFurther(List<Long> limits) throws Exception {
        List<Long> last = lastOffsets();
        return IntStream.range(0, last.size())
                .mapToObj(partition -> Math.min(limits.get(partition) + 1, last.get(partition)))
                .toList();
    }

    /** By partition, the offset before the end of the log: of its last record or marker, or -1. */
    private List<Long> lastOffsets() throws Exception {
        return EventLogEnds.of(broker).stream().map(end -> end - 1).toList();
    }

    private static Map<Integer, Long> byPartition(List<Long> limits) {
        Map<Integer, Long> byPartition = new HashMap<>();
        for (int partition = 0; partition < limits.size(); partition++) {
            byPartition.put(partition, limits.get(partition));
        }
        return byPartition;
    }

    /** The name of one of the counters of a partition. */
    static String name(int partition, int number) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "shop/c" + number + "-" + i)
                .filter(name ->
                        Placement.partition(name.getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
