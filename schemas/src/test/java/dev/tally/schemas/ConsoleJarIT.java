package dev.tally.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.testkit.TestKafka;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Kafka's console consumer in a separate process, with Kafka's jars and our one jar on its class path. */
class ConsoleJarIT {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private static TestKafka kafka;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestKafka.started();
        try (Admin admin = Admin.create(kafka.clientSettings())) {
            TopicCreator.ensure(admin, Topics.of(1, 1), Duration.ofSeconds(30));
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = "demo/h\u00e9llo".getBytes(StandardCharsets.UTF_8);
            EventEncoder events = EventEncoder.released();
            producer.send(new ProducerRecord<>(Topics.EVENTS, key, events.encode(Operation.ADD, 5, "a", 0, null)));
            producer.send(new ProducerRecord<>(Topics.EVENTS, new byte[] {(byte) 0xFF}, new byte[] {1}));
            producer.send(new ProducerRecord<>(
                    Topics.TOTALS, key, TotalEncoder.released().encode(5, 0, 0)));
            producer.send(new ProducerRecord<>(Topics.TOTALS, key, null));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
    }

    @Test
    void shouldShowEventsInAnyDistributionsConsoleConsumer() throws Exception {
        // when
        List<String> lines = consume(Topics.EVENTS, "EventFormatter", 2);

        // then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("0-0\t" + TIME + "\tdemo/h\u00e9llo\tadd\t5\ta");
        assertThat(lines.get(1)).matches("0-1\t" + TIME + "\t\\\\xff\tundecodable\t-\tshorter than a frame: 1 bytes");
    }

    @Test
    void shouldShowTotalsAsJson() throws Exception {
        // when
        List<String> lines = consume(Topics.TOTALS, "TotalFormatter", 2, "--formatter-property", "json=true");

        // then
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("{\"namespace\":\"demo\",\"counter\":\"h\\u00E9llo\",\"total\":5,"
                        + "\"updatedAt\":\"1970-01-01T00:00:00.000Z\",\"receipt\":\"0-0\"}");
        assertThat(lines.get(1)).contains("\"deleted\":true");
    }

    @Test
    void shouldContainNoClassThatKafkaAlsoHas() throws Exception {
        try (ZipFile jar = new ZipFile(System.getProperty("tally.console.jar"))) {
            // when
            List<String> classes = jar.stream()
                    .map(java.util.zip.ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .toList();

            // then
            assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("dev/tally/"));
        }
    }

    private List<String> consume(String topic, String formatter, int records, String... more) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                kafka.bootstrapServers(),
                "--topic",
                topic,
                "--from-beginning",
                "--max-messages",
                String.valueOf(records),
                "--timeout-ms",
                "20000",
                "--formatter",
                "dev.tally.schemas." + formatter));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out);
    }

    /** Our jar and what a distribution has: Kafka's jars, and neither our other classes nor Avro. */
    private static String classPath() {
        String kafka = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("avro") && !entry.contains("jspecify"))
                .filter(entry -> !entry.contains(File.separator + "schemas" + File.separator + "target"))
                .filter(entry ->
                        !entry.contains("registry-client") && !entry.contains("test-kit") && !entry.contains("guava"))
                .collect(Collectors.joining(File.pathSeparator));
        return System.getProperty("tally.console.jar") + File.pathSeparator + kafka;
    }
}
