package dev.tally.streams.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.generation.GenerationsJson;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code tally.generations} from its beginning, then what is appended. For one thread; {@link #wakeup} is for any. */
public final class BoardReader implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BoardReader.class);

    static final String GENERATIONS_KEY = "generations";

    private static final TopicPartition PARTITION = new TopicPartition(Topics.GENERATIONS, 0);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private Board board = Board.EMPTY;

    public BoardReader(BoardClients clients) {
        consumer = new KafkaConsumer<>(clients.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
    }

    /**
     * Reads up to the end that the topic has now.
     *
     * @throws TopicsUnavailableException if Kafka did not answer in time
     */
    public Board readToEnd(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            long end = consumer.endOffsets(List.of(PARTITION), timeout).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION, timeout) < end) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative()) {
                    throw new TopicsUnavailableException(
                            "The topic " + Topics.GENERATIONS + " could not be read within " + timeout, null);
                }
                poll(left);
            }
            return board;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            throw new TopicsUnavailableException(
                    "The topic " + Topics.GENERATIONS + " could not be read: " + e.getMessage(), e);
        }
    }

    /** Waits for more. Returns what is known then. */
    Board poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            take(record.key(), record.value());
        }
        return board;
    }

    private void take(byte @Nullable [] key, byte @Nullable [] value) {
        String name = key == null ? "" : new String(key, UTF_8);
        if (!name.equals(GENERATIONS_KEY)) {
            board = board.with(name, value == null ? null : new String(value, UTF_8));
        } else if (value != null) {
            try {
                board = board.with(GenerationsJson.read(value));
            } catch (IllegalArgumentException e) {
                LOGGER.error(
                        "A record of {} is not of this version of Tally; the one before it is kept",
                        Topics.GENERATIONS,
                        e);
            }
        }
    }

    /** Ends the current wait with a {@code WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
