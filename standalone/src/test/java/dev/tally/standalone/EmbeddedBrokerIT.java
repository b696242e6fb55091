package dev.tally.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tally.service.lifecycle.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    private static final String TOPIC = "words";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void shouldKeepItsDataWhenClosedAndStartedOnAnotherPort() throws Exception {
        // given
        int firstPort;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            firstPort = broker.port();
            createTopic(broker);
            append(broker, "one", "two");
        }

        // when
        List<String> read;
        int secondPort;
        try (ServerSocket taken = new ServerSocket(firstPort, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(taken.isBound()).isTrue();
            secondPort = broker.port();
            append(broker, "three");
            read = readAll(broker);
        }

        // then
        assertThat(secondPort).isNotEqualTo(firstPort);
        assertThat(read).containsExactly("one", "two", "three");
    }

    @Test
    void shouldKeepAcknowledgedRecordsWhenKilled(@TempDir Path copy) throws Exception {
        // given: the files as after a kill, without a clean shutdown marker
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            createTopic(broker);
            append(broker, "one", "two");
            copyTree(directory, copy);
        }

        // when
        long startedAt = System.nanoTime();
        List<String> read;
        try (EmbeddedBroker broker = EmbeddedBroker.start(copy, 0)) {
            read = readAll(broker);
        }

        // then
        assertThat(read).containsExactly("one", "two");
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void shouldReportThePortWhenItIsInUse() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            // when / then
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, port))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("Port " + port + " is in use: choose another with --kafka-port");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseADirectoryThatIsNotABrokers() throws Exception {
        // given
        Files.writeString(directory.resolve("meta.properties"), "version=1\n");

        // when / then
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void shouldLeaveNoThreadAndNoFileWhenClosed() throws Exception {
        // given: an earlier start and stop, because a JVM loads some things only once
        runAndClose(directory);
        Leftovers leftovers = Leftovers.since(directory);

        // when
        runAndClose(directory);

        // then
        leftovers.assertNone();
    }

    private static void runAndClose(Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            try (Admin admin = admin(broker)) {
                admin.listTopics().names().get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static Admin admin(EmbeddedBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static void append(EmbeddedBroker broker, String... words) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String word : words) {
                producer.send(new ProducerRecord<>(TOPIC, word.getBytes(UTF_8))).get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> readAll(EmbeddedBroker broker) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        List<String> words = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            await().atMost(ANSWER_MAX).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> words.add(new String(record.value(), UTF_8)));
                return consumer.position(partition) >= end;
            });
        }
        return words;
    }

    /** Index files are sparse. They are copied as they are on disk now, which is also what a kill leaves. */
    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
