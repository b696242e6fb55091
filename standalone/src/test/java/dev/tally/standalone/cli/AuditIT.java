package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.standalone.Standalone;
import dev.tally.standalone.StandaloneSettings;
import dev.tally.standalone.audit.AuditFailedException;
import dev.tally.standalone.audit.EventLog;
import dev.tally.standalone.audit.log.KafkaEventLog;
import dev.tally.standalone.http.Installation;
import dev.tally.testkit.Seed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code audit} against a whole Tally. The window of its state is short, so that IDs expire during a test. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final int PARTITIONS = 4;

    @TempDir
    static Path directory;

    private static Standalone system;
    private static Installation addresses;
    private static TallyClient tally;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> flags = Map.of("--http-port", "0", "--kafka-port", "0", "--data-dir", directory.toString());
        system = Standalone.start(StandaloneSettings.read(Map.of("TALLY_DEDUPLICATION_WINDOW", "1s"), flags));
        system.ready().get(120, TimeUnit.SECONDS);
        addresses = system.installation();
        tally = new TallyClient(addresses.http());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private record Run(int exitCode, String out, String sentence) {}

    @Test
    @Order(1)
    void shouldAgreeWhileEventsAreWritten() throws Exception {
        try (RandomEvents writing = new RandomEvents(addresses.kafka(), PARTITIONS, Seed.printed(AuditIT.class))) {
            for (String[] arguments : List.of(new String[0], new String[] {"random-a"}, new String[] {"--json"})) {
                // when
                Run run = audit(addresses.http(), arguments);

                // then
                assertThat(run.exitCode()).as(run.toString()).isZero();
                assertThat(writing.isWriting()).isTrue();
                assertThat(run.out()).containsPattern("\\b0 mismatches|\"mismatches\":0,");
            }
        }
    }

    @Test
    @Order(2)
    void shouldFindWhatAnotherWindowCounts() throws Exception {
        // given: an ID that was sent again after its window
        CounterName counter = CounterName.of("window", "expired");
        tally.post(counter, "{\"id\":\"i\"}", "10s");
        long sent = System.nanoTime();
        Awaitility.await().until(() -> System.nanoTime() - sent > 2 * WINDOW.toNanos());
        tally.post(counter, "{\"id\":\"i\"}", "10s");

        // when, then
        Run other = audit(addresses.http(), "window", "--window", "24h");
        assertThat(other.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(other.out().lines()).first().asString().startsWith("window/expired\t2\t1\t");
        assertThat(other.out().lines()).last().isEqualTo("1 counters, 2 events, 1 mismatches");
        assertThat(audit(addresses.http(), "window").exitCode()).isZero();
    }

    @Test
    @Order(2)
    void shouldNameEachCounterThatTheApiShowsWrong() throws Exception {
        // given
        for (String name : List.of("b", "d", "f")) {
            tally.post(CounterName.of("planted", name), "{\"delta\":41}", "10s");
        }
        String entry = "\\{\"counter\":\"d\",\"total\":41,\"updatedAt\":\"([^\"]*)\"\\},";

        // when, then
        assertThat(faulty(body -> body.replaceFirst(entry, "{\"counter\":\"d\",\"total\":42,\"updatedAt\":\"$1\"},")))
                .startsWith("planted/d\t42\t41\t");
        assertThat(faulty(body -> body.replaceFirst(entry, ""))).startsWith("planted/d\t-\t41\t");
        assertThat(faulty(body -> body.replaceFirst(
                        entry, "$0{\"counter\":\"e\",\"total\":42,\"updatedAt\":\"2026-01-01T00:00:00Z\"},")))
                .startsWith("planted/e\t42\t-\t");
    }

    @Test
    @Order(2)
    void shouldAskAgainWhenTheApiIsUnavailable() throws Exception {
        // given
        tally.post(CounterName.of("again", "c"), "{}", "10s");
        try (ChangingProxy proxy = new ChangingProxy(addresses.http(), body -> body)) {
            proxy.unavailable.set(1);

            // when, then
            assertThat(audit(proxy.url(), "again").exitCode()).isZero();
            assertThat(proxy.unavailable).hasValue(0);
        }
    }

    @Test
    @Order(2)
    void shouldCountCommittedEventsOnly() throws Exception {
        // given
        CounterName counter = CounterName.of("transactions", "c");
        byte[] add = EventEncoder.released().encode(Operation.ADD, 5, null, System.currentTimeMillis(), null);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", addresses.kafka(), "transactional.id", "audit"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (boolean commit : new boolean[] {false, true, false}) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Topics.EVENTS, counter.key(), add))
                        .get();
                if (commit) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        tally.post(counter, "{}", "10s");

        // when, then
        assertThat(audit(addresses.http(), "transactions").out().lines())
                .containsExactly("1 counters, 2 events, 0 mismatches");
    }

    @Test
    @Order(3)
    void shouldRefuseWhenTheStartOfTheLogWasDeleted() throws Exception {
        // given
        CounterName counter = CounterName.of("truncated", "c");
        tally.post(counter, "{}", "10s");
        int partition = Placement.partition(counter.key(), PARTITIONS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses.kafka()))) {
            admin.deleteRecords(Map.of(new TopicPartition(Topics.EVENTS, partition), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        // when
        Run run = audit(addresses.http());

        // then
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        String sentence = "Partition " + partition + " of tally.events starts at offset 1: the events before it were"
                + " deleted, so the totals cannot be counted again from the log";
        assertThat(run.sentence()).isEqualTo(sentence);

        // and when it is deleted during the audit
        Map<String, Object> consumer =
                AuditSettings.read(variables(addresses.http()), Map.of()).consumer();
        try (EventLog log = KafkaEventLog.open(consumer)) {
            assertThatThrownBy(() -> log.read(partition, 0, (offset, time, key, value) -> {}))
                    .isInstanceOf(AuditFailedException.class)
                    .hasMessage(sentence);
        }
    }

    @Test
    @Order(3)
    void shouldFailWithASentenceWhenNothingAnswers() throws Exception {
        Map<String, String> noApi = variables("http://127.0.0.1:1");
        assertThat(audit(noApi, "shop").sentence())
                .matches("Partition .* starts at .*|Cannot reach http://127.0.0.1:1: .*");
        Map<String, String> noKafka = variables(addresses.http());
        noKafka.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        noKafka.put("TALLY_KAFKA_DEFAULT_API_TIMEOUT_MS", "1000");
        noKafka.put("TALLY_KAFKA_REQUEST_TIMEOUT_MS", "500");
        Run run = audit(noKafka);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.sentence())
                .isEqualTo("Cannot reach Kafka at 127.0.0.1:1: is Tally running? Start it with scripts/tally up");
    }

    /** The first line of an audit that has one mismatch, because the API answers with a change. */
    private String faulty(UnaryOperator<String> change) throws Exception {
        try (ChangingProxy proxy = new ChangingProxy(addresses.http(), change)) {
            Run run = audit(proxy.url(), "planted");
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out().lines()).hasSize(2).last().asString().endsWith(" events, 1 mismatches");
            return run.out();
        }
    }

    private Run audit(String readUrl, String... arguments) throws Exception {
        return audit(variables(readUrl), arguments);
    }

    private Run audit(Map<String, String> variables, String... arguments) throws Exception {
        StringWriter out = new StringWriter();
        AuditCommand command = new AuditCommand();
        CommandLine parsed = new CommandLine(command).setOut(new PrintWriter(out, true));
        parsed.parseArgs(arguments);
        try {
            return new Run(command.audit(command.settings(variables)), out.toString(), "");
        } catch (CommandFailedException e) {
            return new Run(e.exitCode(), out.toString(), e.getMessage());
        }
    }

    private static Map<String, String> variables(String readUrl) {
        return new HashMap<>(Map.of(
                "TALLY_QUERY_URL",
                readUrl,
                "TALLY_KAFKA_BOOTSTRAP_SERVERS",
                addresses.kafka(),
                "TALLY_DEDUPLICATION_WINDOW",
                WINDOW.toSeconds() + "s"));
    }
}
