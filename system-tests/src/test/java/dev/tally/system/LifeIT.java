package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Http;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.TallyProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code up} from its first line to its exit code, started as in the README but at any free ports. */
class LifeIT {
    private static final Duration READY_MAX = Duration.ofSeconds(180);
    private static final Duration STOP_MAX = Duration.ofSeconds(90);
    private static final Pattern READY =
            Pattern.compile("Tally is ready: (http://127\\.0\\.0\\.1:\\d+)  Kafka (127\\.0\\.0\\.1:\\d+)  data (.+)");

    private Path directory;
    private Path data;
    private int starts;
    private TallyProcess up;

    /** The values in the ready line. */
    private record Ready(URI url, String kafka, String data) {}

    @BeforeEach
    void prepare() {
        directory = Repository.emptyDirectory("life");
        data = directory.resolve("data");
    }

    @AfterEach
    void close() throws Exception {
        up.close();
        Repository.delete(data);
    }

    @Test
    void shouldKeepItsDataAndEndAsAskedWhenStoppedInEveryWay() {
        // given
        Ready first = start("the first start");
        assertThat(first.data()).endsWith("data");
        hit(first);

        // when: Ctrl-C
        assertThat(up.end("INT", STOP_MAX)).as(up.errTail()).isEqualTo(130);
        Ready second = start("Ctrl-C");

        // then
        assertThat(get(second)).isEqualTo("1");
        hit(second);

        // when: kill -9
        assertThat(up.end("KILL", STOP_MAX)).isEqualTo(137);
        Ready third = start("kill -9");

        // then
        assertThat(get(third)).isEqualTo("2");

        // when: SIGTERM
        assertThat(up.end("TERM", STOP_MAX)).as(up.errTail()).isEqualTo(143);
        Ready fourth = start("SIGTERM");

        // then
        assertThat(get(fourth)).isEqualTo("2");
        assertThat(up.end("TERM", STOP_MAX)).as(up.errTail()).isEqualTo(143);

        // when: the topics have another number of partitions than the settings say
        launch(Map.of("TALLY_EVENTS_PARTITIONS", "5"));

        // then
        assertThat(up.awaitExit(STOP_MAX)).as(up.errTail()).isEqualTo(1);
        assertThat(up.err()).contains("tally.events has 4 partitions (expected: 5)");
        assertThat(up.out()).doesNotContain("Tally is ready");
    }

    private Ready start(String when) {
        long start = System.nanoTime();
        launch(Map.of());
        await("the ready line")
                .atMost(READY_MAX)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(up.isAlive()).as(up.errTail()).isTrue();
                    return READY.matcher(up.out()).find();
                });
        long millis = (System.nanoTime() - start) / 1_000_000;
        Matcher line = READY.matcher(up.out());
        assertThat(line.find()).isTrue();
        Ready ready = new Ready(URI.create(line.group(1)), line.group(2), line.group(3));
        assertThat(Http.statusOrZero(ready.url().resolve("/readyz"))).isEqualTo(200);
        assertThat(up.out().lines().count()).isGreaterThanOrEqualTo(4); // the ready line and three commands to try
        Options.say("up: ready %d ms after %s", millis, when);
        return ready;
    }

    private void launch(Map<String, String> environment) {
        up = TallyProcess.start(
                "up-" + ++starts,
                directory,
                environment,
                List.of("up", "--http-port", "0", "--kafka-port", "0", "--data-dir", data.toString()));
    }

    private static void hit(Ready ready) {
        tally(ready, "hit", "life/hits").orFail();
        await("the hit")
                .atMost(Duration.ofSeconds(20))
                .until(() -> tally(ready, "get", "life/hits").exitCode() == 0);
    }

    private static String get(Ready ready) {
        return tally(ready, "get", "life/hits").orFail().out().strip();
    }

    private static CommandRun tally(Ready ready, String... arguments) {
        return CommandRun.tally(Map.of("TALLY_URL", ready.url().toString()), List.of(arguments), "");
    }
}
