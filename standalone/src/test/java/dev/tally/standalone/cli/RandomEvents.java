package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.Operation;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another producer, which writes all kinds of events and rejected records until it is stopped. */
final class RandomEvents implements AutoCloseable {
    private static final int COUNTERS = 3_000;
    private static final String[] NAMESPACES = {"random-a", "random-b"};

    private final KafkaProducer<byte[], byte[]> producer;
    private final int partitions;
    private final Random random;
    private final CompletableFuture<Void> written;
    private volatile boolean stopped;

    RandomEvents(String kafka, int partitions, long seed) {
        this(kafka, partitions, seed, Duration.ZERO);
    }

    /** @param pause between two writes of 50 events */
    RandomEvents(String kafka, int partitions, long seed, Duration pause) {
        this.partitions = partitions;
        this.random = new Random(seed);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "buffer.memory", 1 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        for (int i = 0; i < COUNTERS; i++) {
            write();
        }
        producer.flush();
        written = CompletableFuture.runAsync(() -> {
            while (!stopped) {
                for (int i = 0; i < 50; i++) {
                    write();
                }
                producer.flush();
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    boolean isWriting() {
        return !written.isDone();
    }

    private void write() {
        byte[] key = (NAMESPACES[random.nextInt(2)] + "/c" + random.nextInt(COUNTERS)).getBytes(UTF_8);
        Integer partition = null;
        byte[] value = event();
        switch (random.nextInt(40)) {
            case 0 -> partition = random.nextInt(partitions);
            case 1 -> key = "no name".getBytes(UTF_8);
            case 2 -> value = new byte[] {1, 2};
            case 3 -> value = null;
            case 4 -> value = EventEncoder.released().encode(Operation.ADD, 1, "x".repeat(140), 0, null);
            default -> {} // a valid event
        }
        var unused = producer.send(new ProducerRecord<>(Topics.EVENTS, partition, key, value));
    }

    private byte[] event() {
        Operation operation = switch (random.nextInt(8)) {
            case 0 -> Operation.DELETE;
            case 1 -> Operation.SET;
            default -> Operation.ADD;
        };
        long value = random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextInt(5);
        String id = random.nextBoolean() ? null : "id " + random.nextInt(8);
        return EventEncoder.released().encode(operation, value, id, System.currentTimeMillis(), null);
    }

    @Override
    public void close() {
        stopped = true;
        written.join();
        producer.close();
    }
}
