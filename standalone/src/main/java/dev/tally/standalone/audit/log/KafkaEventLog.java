package dev.tally.standalone.audit.log;

import dev.tally.schemas.topic.Topics;
import dev.tally.standalone.audit.Audit;
import dev.tally.standalone.audit.AuditFailedException;
import dev.tally.standalone.audit.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of a Kafka cluster, read with one consumer. It belongs to no group and commits nothing. */
public final class KafkaEventLog implements EventLog {
    /** What may be set otherwise. A fetch fits several times into the heap of a command. */
    public static final Map<String, Object> DEFAULTS = Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "tally-audit",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            4 << 20,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            8 << 20,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            10_000);

    /** Counting reads committed records only. A record that was deleted must not be skipped silently. */
    public static final Map<String, Object> GUARANTEED = Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false);

    private static final Duration POLL = Duration.ofSeconds(1);
    /** After this time without progress Kafka is considered unavailable. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String servers;
    private final int partitions;

    private KafkaEventLog(Consumer<byte[], byte[]> consumer, String servers) {
        this.consumer = consumer;
        this.servers = servers;
        this.partitions = count(Topics.EVENTS);
    }

    /**
     * @param properties of the consumer, {@link #GUARANTEED} among them
     * @throws AuditFailedException if Kafka does not respond or the topic does not exist
     */
    public static KafkaEventLog open(Map<String, Object> properties) {
        String servers = String.valueOf(properties.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        Consumer<byte[], byte[]> consumer;
        try {
            consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw refused(servers, e);
        }
        try {
            return new KafkaEventLog(consumer, servers);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public long start(int partition) {
        TopicPartition asked = new TopicPartition(Topics.EVENTS, partition);
        return answer(() -> only(consumer.beginningOffsets(List.of(asked)), asked));
    }

    @Override
    public long end(int partition) {
        return end(new TopicPartition(Topics.EVENTS, partition));
    }

    @Override
    public void read(int partition, long last, Visitor visitor) {
        read(new TopicPartition(Topics.EVENTS, partition), 0, last, visitor);
    }

    @Override
    public void readTotals(Visitor visitor) {
        int count = count(Topics.TOTALS);
        for (int i = 0; i < count; i++) {
            TopicPartition partition = new TopicPartition(Topics.TOTALS, i);
            long start = answer(() -> only(consumer.beginningOffsets(List.of(partition)), partition));
            read(partition, start, end(partition) - 1, visitor);
        }
    }

    private long end(TopicPartition partition) {
        return answer(() -> only(consumer.endOffsets(List.of(partition)), partition));
    }

    private int count(String topic) {
        List<PartitionInfo> found = answer(() -> consumer.partitionsFor(topic));
        if (found == null || found.isEmpty()) {
            throw new AuditFailedException("Topic " + topic + " does not exist yet: it is created when Tally starts");
        }
        return found.size();
    }

    private void read(TopicPartition partition, long first, long last, Visitor visitor) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, first);
        long position = first;
        long progressed = System.nanoTime();
        while (position <= last) {
            for (ConsumerRecord<byte[], byte[]> record : poll(partition).records(partition)) {
                if (record.offset() <= last) {
                    visitor.visit(record.offset(), record.timestamp(), record.key(), record.value());
                }
            }
            long next = answer(() -> consumer.position(partition)); // markers of transactions advance it, too
            if (next > position) {
                position = next;
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > SILENCE_MAX.toNanos()) {
                throw new AuditFailedException("Kafka at " + servers + " sent no record of " + partition
                        + " from offset " + position + " within " + SILENCE_MAX.toSeconds() + " s");
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(TopicPartition partition) {
        try {
            return answer(() -> consumer.poll(POLL));
        } catch (OffsetOutOfRangeException e) {
            throw Audit.truncated(partition.partition(), start(partition.partition()));
        }
    }

    private <T> T answer(Supplier<T> request) {
        try {
            return request.get();
        } catch (OffsetOutOfRangeException e) {
            throw e;
        } catch (TimeoutException e) {
            throw new AuditFailedException(
                    "Cannot reach Kafka at " + servers + ": is Tally running? Start it with scripts/tally up", e);
        } catch (KafkaException e) {
            throw refused(servers, e);
        }
    }

    private static AuditFailedException refused(String servers, KafkaException failure) {
        return new AuditFailedException("Kafka at " + servers + " refused: " + failure.getMessage(), failure);
    }

    private static long only(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new KafkaException("no offset of " + partition);
        }
        return offset;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
