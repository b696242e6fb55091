package dev.tally.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.Children;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import dev.tally.standalone.EmbeddedBroker;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountingIT {
    private static final int PARTITIONS = 4;
    private static final int EVENTS = 20_000;
    private static final int COUNTERS = 500;
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static String expected;

    @BeforeAll
    static void load() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            TopicCreator.ensure(admin, Topics.of(PARTITIONS, 1), SOON);
            admin.createTopics(List.of(new NewTopic(DslCounting.OUTPUT, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        expected = EventLoader.load(broker.bootstrapServers(), PARTITIONS, EVENTS, COUNTERS, Duration.ZERO, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {DslCounting.class, BareCounting.class})
    void shouldReachTheTotalsThatWereLoadedWhenTheLogIsCounted(Class<?> main) throws Exception {
        assertCounted(run(main, main.getSimpleName()));
    }

    @Test
    void shouldRebuildWhatTallyHasCounted() throws Exception {
        // when
        List<String> counted = run(TallyCounting.class, "tally");
        List<String> rebuilt = run(RebuildCounting.class, "tally");

        // then
        assertCounted(counted);
        assertCounted(rebuilt);
        assertThat(rebuilt.stream().flatMap(line -> Progress.rebuiltIn(line).stream()))
                .singleElement()
                .satisfies(times -> assertThat(times.liveNanos()).isGreaterThan(times.countedNanos()));
    }

    private static void assertCounted(List<String> lines) {
        assertThat(lines.stream().flatMap(line -> Progress.digestIn(line).stream()))
                .containsExactly(expected);
        assertThat(lines.stream().flatMap(line -> Progress.countedIn(line).stream()))
                .hasSize(1);
        assertThat(lines.stream().filter(Progress::isFirst)).hasSize(1);
    }

    /** The output of one counting process. */
    private static List<String> run(Class<?> main, String stateDirectory) throws Exception {
        Job job = new Job(
                broker.bootstrapServers(),
                PARTITIONS,
                EVENTS,
                1,
                directory.resolve(stateDirectory),
                Job.Kept.HISTORY_AND_INDEX);
        List<String> lines = new ArrayList<>();
        try (Children children = Children.open(directory)) {
            Child counting = children.startReading(main.getSimpleName(), Map.of(), command(main, job), SOON);
            try (BufferedReader output = counting.output()) {
                output.lines().forEach(lines::add);
            }
            counting.awaitEnd();
        }
        return lines;
    }

    private static List<String> command(Class<?> main, Job job) {
        return Stream.of(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        job.arguments())
                .flatMap(List::stream)
                .toList();
    }
}
