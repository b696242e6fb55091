package dev.tally.standalone.rejected;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a part of a topic, without a consumer group. */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(500);
    /** After this time without progress, Kafka is considered unavailable. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> unread = new HashMap<>();

    private TopicScan(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /**
     * @param starts the first offset of each partition to read; what was deleted is skipped
     * @param ends the offset after the last one, for at least these partitions
     * @param each returns whether to go on
     * @throws TimeoutException if Kafka does not respond
     */
    static void read(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Map<Integer, Long> starts,
            Map<Integer, Long> ends,
            Predicate<ConsumerRecord<byte[], byte[]>> each) {
        TopicScan scan = new TopicScan(consumer, topic);
        Map<TopicPartition, Long> from = new HashMap<>();
        starts.forEach((partition, start) -> {
            long end = ends.getOrDefault(partition, 0L);
            if (start < end) {
                from.put(new TopicPartition(topic, partition), start);
                scan.unread.put(new TopicPartition(topic, partition), end);
            }
        });
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        scan.run(each);
    }

    private void run(Predicate<ConsumerRecord<byte[], byte[]>> each) {
        long positions = -1;
        long progress = System.nanoTime();
        while (!unread.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Long end = unread.get(new TopicPartition(topic, record.partition()));
                if (end != null && record.offset() < end && !each.test(record)) {
                    return;
                }
            }
            long before = positions;
            positions = positions();
            if (positions != before) {
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > SILENCE_MAX.toNanos()) {
                throw new TimeoutException(
                        "nothing of " + topic + " arrived for " + SILENCE_MAX.toSeconds() + " s before its end");
            }
            unread.keySet().removeIf(this::isFinished);
        }
    }

    /** The positions include transaction markers, and what was deleted. */
    private long positions() {
        return unread.keySet().stream().mapToLong(consumer::position).sum();
    }

    private boolean isFinished(TopicPartition partition) {
        boolean finished = consumer.position(partition) >= unread.getOrDefault(partition, 0L);
        if (finished) {
            consumer.pause(List.of(partition));
        }
        return finished;
    }
}
