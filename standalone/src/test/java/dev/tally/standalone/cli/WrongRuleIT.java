package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.query.QueryMain;
import dev.tally.query.QuerySettings;
import dev.tally.schemas.api.SettingNames;
import dev.tally.service.lifecycle.ServiceProcess;
import dev.tally.service.settings.Environment;
import dev.tally.standalone.cli.WrongRule.Rule;
import dev.tally.streams.CounterStreamsMain;
import dev.tally.streams.StreamsSettings;
import dev.tally.testkit.Seed;
import dev.tally.testkit.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A generation that counts by a wrong rule is refused at the comparison, and never becomes live. */
@Timeout(240)
class WrongRuleIT {
    private static final int PARTITIONS = 4;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Pattern DIFFERENCE = Pattern.compile("  random-[ab]/c\\d+ .*");

    @TempDir
    Path directory;

    private TestKafka kafka;
    private CounterStreamsMain streams;
    private ServiceProcess query;

    @BeforeEach
    void start() {
        kafka = TestKafka.started();
        streams = CounterStreamsMain.start(streamsSettings());
        query = QueryMain.start(QuerySettings.read(environment(
                Map.of("TALLY_QUERY_STREAMS", "127.0.0.1:" + streams.server().port()))));
    }

    @AfterEach
    void stop() {
        WrongRule.rule = null;
        query.close();
        streams.close();
        kafka.close();
    }

    @Test
    void shouldRefuseAGenerationThatCountsByAWrongRule() throws Exception {
        // given
        long seed = Seed.printed(getClass());
        try (RandomEvents writing = new RandomEvents(kafka.bootstrapServers(), PARTITIONS, seed, PAUSE)) {
            awaitLive();
            int number = 1;
            for (Rule rule : Rule.values()) {
                String rebuilt = "g" + ++number;
                WrongRule.rule = rule;

                // when
                TallyProcessRun rebuild = tally("rebuild", "--yes");
                TallyProcessRun generations = tally("generations");
                TallyProcessRun drop = tally("drop", rebuilt);

                // then
                assertThat(rebuild.exitCode()).as(rebuild.toString()).isEqualTo(ExitCode.FAILED);
                assertThat(rebuild.out()).contains("refused").doesNotContain("is live");
                assertThat(differences(rebuild)).as(rebuild.toString()).hasSizeGreaterThan(10);
                assertThat(rebuild.err()).contains("Generation g1 stays live", "scripts/tally drop " + rebuilt);
                assertThat(generations.out().lines()).first().asString().startsWith("g1\tlive\t");
                assertThat(differences(generations)).isEqualTo(differences(rebuild));
                assertThat(drop.exitCode()).as(drop.toString()).isZero();
            }

            // and when
            WrongRule.rule = null;
            TallyProcessRun right = tally("rebuild", "--yes");

            // then
            assertThat(right.out()).as(right.toString()).startsWith("Generation g" + ++number + " is live");
            assertThat(right.exitCode()).isZero();
            assertThat(writing.isWriting()).isTrue();
        }
        TallyProcessRun audit = tally("audit");
        assertThat(audit.out().lines()).as(audit.toString()).last().asString().endsWith(" 0 mismatches");
    }

    private static List<String> differences(TallyProcessRun run) {
        return run.out().lines().filter(DIFFERENCE.asMatchPredicate()).toList();
    }

    private void awaitLive() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> tally("generations").out().startsWith("g1\tlive\t"));
    }

    private TallyProcessRun tally(String... arguments) throws Exception {
        return TallyProcessRun.of(
                Map.of(
                        "TALLY_QUERY_URL",
                        query.server().url(),
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers()),
                arguments);
    }

    private StreamsSettings streamsSettings() {
        StreamsSettings settings = StreamsSettings.read(environment(Map.of("TALLY_STATE_DIR", directory.toString())));
        Map<String, Object> properties = new HashMap<>(settings.streams());
        properties.put("main.consumer.interceptor.classes", WrongRule.class.getName());
        return settings.withStreams(properties);
    }

    private Environment environment(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("TALLY_HTTP_PORT", "0");
        variables.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        variables.put("TALLY_EVENTS_PARTITIONS", Integer.toString(PARTITIONS));
        variables.put("TALLY_REPLICATION_FACTOR", "1");
        return Environment.of(SettingNames.ALL, variables, Map.of());
    }
}
