package dev.tally.system.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads whole topics with a plain consumer that belongs to no group. For one thread. */
public final class EventTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long READ_NANOS_MAX = Duration.ofSeconds(60).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int partitions;
    private final SchemaDirectory schemas;

    /** For a system without a schema registry. */
    public EventTopic(String kafka, int partitions) {
        this(kafka, partitions, null);
    }

    /** @param registry the registry for schemas that are not released ones; null for none */
    public EventTopic(String kafka, int partitions, @Nullable String registry) {
        this.partitions = partitions;
        this.schemas = SchemaDirectory.open(registry == null ? Map.of() : Map.of("schema.registry.url", registry));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "system-tests"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The offset after the last event of each partition. */
    public Map<Integer, Long> ends() {
        return ends(Topics.EVENTS);
    }

    public Map<Integer, Long> ends(String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(partitionsOf(topic), Duration.ofSeconds(30))
                .forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }

    /** Every event up to the current end, in offset order within each partition. */
    public List<LoggedEvent> events() {
        return events(Map.of());
    }

    /**
     * The same without the events before some offsets.
     *
     * @param from by partition, 0 for each that is not named
     */
    public List<LoggedEvent> events(Map<Integer, Long> from) {
        EventDecoder decoder = new EventDecoder(schemas);
        return records(Topics.EVENTS, from).stream()
                .map(record -> event(record, decoder))
                .toList();
    }

    /** Every committed record of a topic up to the current end. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return records(topic, Map.of());
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, Map<Integer, Long> from) {
        List<TopicPartition> all = partitionsOf(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all, Duration.ofSeconds(30));
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition.partition(), 0L)));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long start = System.nanoTime();
        while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() - start > READ_NANOS_MAX) {
                throw new AssertionError("The end of " + topic + " was not reached: " + ends);
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private List<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static LoggedEvent event(ConsumerRecord<byte[], byte[]> record, EventDecoder decoder) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        return decoder.decode(record.value())
                ? new LoggedEvent(
                        record.partition(),
                        record.offset(),
                        key,
                        decoder.operation(),
                        decoder.value(),
                        decoder.id(),
                        record.timestamp(),
                        decoder.occurredAtMillis(),
                        decoder.source())
                : new LoggedEvent(record.partition(), record.offset(), key, null, 0, null, record.timestamp(), 0, null);
    }

    @Override
    public void close() {
        consumer.close();
        schemas.close();
    }
}
