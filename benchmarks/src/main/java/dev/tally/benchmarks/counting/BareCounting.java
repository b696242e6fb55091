package dev.tally.benchmarks.counting;

import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Counts with the minimum of work: one consumer that adds into a map. It persists and publishes nothing, so it is an
 * upper bound for any counting of this log on one thread, not an alternative.
 */
public final class BareCounting {
    private static final long COUNTED_WITHIN_SECONDS = 600;
    private static final Duration POLL = Duration.ofMillis(500);

    private final EventDecoder decoder = EventDecoder.released();
    private final Map<Bytes, Sum> totals = new HashMap<>();

    private BareCounting() {}

    /** A total that is updated in place. */
    private static final class Sum {
        private long total;
    }

    public static void main(String[] arguments) throws TimeoutException {
        Job job = Job.parse(arguments);
        Progress progress = new Progress(System.out);
        BareCounting counting = new BareCounting();
        counting.count(job, progress);
        progress.digest(TotalsDigest.of(counting.named()));
    }

    private void count(Job job, Progress progress) throws TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties(job), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(COUNTED_WITHIN_SECONDS);
            long counted = 0;
            while (counted < job.events()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("not counted within " + COUNTED_WITHIN_SECONDS + " s");
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (counted == 0 && !records.isEmpty()) {
                    progress.first();
                }
                records.forEach(this::add);
                counted += records.count();
            }
            progress.counted(FirstRecords.seen().join(), Moment.now());
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        if (!decoder.decode(record.value())) {
            throw new IllegalStateException(decoder.problem());
        }
        totals.computeIfAbsent(Bytes.wrap(record.key()), key -> new Sum()).total += decoder.value();
    }

    private Map<String, Long> named() {
        Map<String, Long> named = new TreeMap<>();
        totals.forEach((key, sum) -> named.put(new String(key.get(), StandardCharsets.UTF_8), sum.total));
        return named;
    }

    private static Map<String, Object> properties(Job job) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                job.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                FirstRecords.class.getName());
    }
}
