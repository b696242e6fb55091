package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.name.CounterName;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.standalone.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that misses the end of the topic runs into the timeout. */
@Timeout(120)
class ConsoleReadIT {

    private static final int PARTITIONS = 4;
    /** Prints the value of each record. */
    private static final String VALUES = "org.apache.kafka.tools.consumer.DefaultMessageFormatter";

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    private static KafkaSettings kafka() {
        Map<String, String> variables = Map.of("TALLY_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        return KafkaSettings.read(Environment.of(SettingNames.ALL, variables, Map.of()));
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void shouldStopAtTheEndWhenTransactionsEndWithMarkers() throws Exception {
        // given: the last offset of each partition is a transaction marker, which consumers never receive
        createTopic("committed");
        transact(
                "committed",
                true,
                IntStream.range(0, 100).mapToObj(i -> "w" + i).toList());

        // when
        List<String> lines = read("committed", null);

        // then
        assertThat(lines).hasSize(100).contains("w0", "w99");
    }

    @Test
    void shouldPrintNothingAndStopWhenAllTransactionsWereAborted() throws Exception {
        // given
        createTopic("aborted");
        transact("aborted", false, List.of("never", "mind"));

        // when / then
        assertThat(read("aborted", null)).isEmpty();
    }

    @Test
    void shouldStopAtTheEndWhenSomePartitionsAreEmpty() throws Exception {
        // given
        createTopic("sparse");
        transact("sparse", true, List.of("one"));

        // when / then
        assertThat(read("sparse", null)).containsExactly("one");
    }

    @Test
    void shouldStopAtOnceWhenTheTopicIsEmpty() throws Exception {
        // given
        createTopic("empty");

        // when / then
        assertThat(read("empty", null)).isEmpty();
    }

    @Test
    void shouldReadTheCountersPartitionOnlyWhenThereIsACounter() throws Exception {
        // given
        createTopic("placed");
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "shop/c" + i).toList();
        transact("placed", true, names);

        // when
        List<String> lines = read("placed", CounterName.of("shop", "c7"));

        // then
        assertThat(lines).contains("shop/c7").hasSizeBetween(1, 30);
    }

    @Test
    void shouldReportAMissingTopic() {
        assertThatThrownBy(() -> read("missing", null))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("Topic missing does not exist yet");
    }

    private static List<String> read(String topic, @Nullable CounterName counter) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            ConsoleRead read = new ConsoleRead(topic, VALUES, Map.of(), false);
            assertThat(read.run(kafka(), counter)).isEqualTo(ExitCode.OK);
        } finally {
            System.setOut(before);
        }
        return new ArrayList<>(printed.toString(UTF_8).lines().toList());
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** Writes one transaction for each ten records. Each record is its own key. */
    private static void transact(String topic, boolean commit, List<String> records) throws Exception {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        config.put("transactional.id", topic);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            for (int from = 0; from < records.size(); from += 10) {
                producer.beginTransaction();
                for (String record : records.subList(from, Math.min(from + 10, records.size()))) {
                    producer.send(new ProducerRecord<>(topic, record, record)).get(20, TimeUnit.SECONDS);
                }
                if (commit) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }
}
