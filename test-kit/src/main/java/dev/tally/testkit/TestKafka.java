package dev.tally.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Real Kafka brokers in this process, with their data in a temporary directory. They can be stopped and started again
 * with their data, on the same ports. Topics are not created automatically.
 */
public final class TestKafka implements AutoCloseable {
    /** A partition without further records delays a read by this. */
    private static final String FETCH_WAIT_MILLIS = "10";

    private final Path directory;
    private final List<TestBroker> brokers = new ArrayList<>();

    private TestKafka(int count, int advertisedPort) {
        directory = temporaryDirectory();
        List<Integer> ports = FreePort.find(count + 1);
        String voter = "1@127.0.0.1:" + ports.get(count);
        String cluster = Uuid.randomUuid().toString();
        for (int i = 0; i < count; i++) {
            int port = ports.get(i);
            TestBroker broker = new TestBroker(
                    i + 1, directory.resolve("broker-" + i), port, advertisedPort == 0 ? port : advertisedPort, voter);
            broker.format(cluster);
            brokers.add(broker);
        }
    }

    /** One broker, started. */
    public static TestKafka started() {
        return started(1);
    }

    /** A cluster, started. Its first broker is also the controller. */
    public static TestKafka started(int brokers) {
        TestKafka kafka = new TestKafka(brokers, 0);
        try {
            kafka.start();
            return kafka;
        } catch (RuntimeException | Error e) {
            kafka.close();
            throw e;
        }
    }

    /** One broker, not started. */
    public static TestKafka stopped() {
        return new TestKafka(1, 0);
    }

    /** One broker, not started, which tells its clients another port than the one that it listens on. */
    public static TestKafka advertising(int port) {
        return new TestKafka(1, port);
    }

    /** Returns when every broker accepts requests. */
    public void start() {
        brokers.forEach(TestBroker::start);
    }

    public void stop() {
        // The controller last: the other brokers ask it whether they may stop.
        for (int i = brokers.size() - 1; i >= 0; i--) {
            brokers.get(i).stop();
        }
    }

    /** The port that the first broker listens on. */
    public int port() {
        return brokers.get(0).port();
    }

    public String bootstrapServers() {
        return brokers.stream().map(broker -> "127.0.0.1:" + broker.port()).collect(Collectors.joining(","));
    }

    /** The settings that every client needs. */
    public Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** All records of a topic from its beginning to its current end, in offset order within each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return read(topic, "read_uncommitted");
    }

    /** As {@link #records}, without the records of transactions that are open or aborted. */
    public List<ConsumerRecord<byte[], byte[]>> committedRecords(String topic) {
        return read(topic, "read_committed");
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "isolation.level",
                isolation,
                "fetch.max.wait.ms",
                FETCH_WAIT_MILLIS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Stops the brokers and deletes their data. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("test-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
