package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Hit;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts the words of a licence and compares every total with what {@code tr | sort | uniq -c} makes of the same file. */
@ParameterizedClass
@EnumSource(SetUp.class)
class TextOracleIT {
    private static final int WORDS_A_BATCH = 100;
    private static final int CLIENTS = 8;
    private static final List<String> NAMESPACES = List.of("text-single", "text-ndjson", "text-array");

    @Parameter
    SetUp setUp;

    private TallySystem system;
    private WordCounts oracle;

    @BeforeEach
    void create() {
        oracle = WordCounts.byTheShell();
        system = setUp.create("oracle");
    }

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldCountTheWordsOfATextAsTheShellDoesWhenRestartedAndWhenItsStateIsLost() throws Exception {
        // given
        system.start();
        Api api = new Api(system);

        // when
        postSingly(api);
        postInBatches(api, "text-ndjson", BatchForm.NDJSON);
        postInBatches(api, "text-array", BatchForm.ARRAY);

        // then
        assertTotalsEqualTheOracle("after the posts");

        // when
        system.stop();
        system.start();

        // then
        assertTotalsEqualTheOracle("after a restart");

        // when
        system.stop();
        assertThat(system.stateDirectory()).isNotEmptyDirectory();
        Repository.delete(system.stateDirectory());
        system.start();

        // then
        assertTotalsEqualTheOracle("after the loss of the state");
        assertThat(feed(system.tally("totals").orFail().lines())).isEqualTo(expectedFeed());
        assertThat(feed(stockConsumer())).isEqualTo(expectedFeed());
        Options.say(
                "oracle, %s: %d words, %d distinct, posted singly, as NDJSON and as arrays; all totals right after the posts,"
                        + " a restart, the loss of the state, and in tally.totals",
                setUp, oracle.words().size(), oracle.counts().size());
    }

    private void postSingly(Api api) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Answer>> posts = new ArrayList<>();
            for (String word : oracle.words()) {
                posts.add(() -> api.postEmpty(CounterName.of("text-single", word)));
            }
            for (Future<Answer> answer : clients.invokeAll(posts)) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(202);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void postInBatches(Api api, String namespace, BatchForm form) throws IOException {
        List<String> words = oracle.words();
        for (int from = 0; from < words.size(); from += WORDS_A_BATCH) {
            List<Hit> batch = words.subList(from, Math.min(from + WORDS_A_BATCH, words.size())).stream()
                    .map(word -> new Hit(CounterName.of(namespace, word), 1, ""))
                    .toList();
            Answer answer = api.post(batch, form);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.json().path("accepted").asInt()).isEqualTo(batch.size());
        }
    }

    private void assertTotalsEqualTheOracle(String when) {
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            Settled settled = new Settled(new Api(system), new LogModel(topic.events(), system.partitions()));
            for (String namespace : NAMESPACES) {
                Map<String, Long> totals = new TreeMap<>();
                for (String word : oracle.counts().keySet()) {
                    CounterRead read = settled.read(CounterName.of(namespace, word));
                    totals.put(word, read.total() == null ? -1 : read.total());
                }
                assertThat(totals).as(namespace + " " + when).isEqualTo(oracle.counts());
                assertThat(settled.read(CounterName.of(namespace, "no-such-word"))
                                .isUnknown())
                        .isTrue();
            }
        }
    }

    /** The console consumer as anyone would call it, with our formatter. */
    private List<String> stockConsumer() {
        return system.tally(
                        "kafka",
                        "console-consumer",
                        "--topic",
                        "tally.totals",
                        "--from-beginning",
                        "--timeout-ms",
                        "5000",
                        "--command-property",
                        "isolation.level=read_committed",
                        "--formatter",
                        "dev.tally.schemas.TotalFormatter")
                .orFail()
                .lines();
    }

    /** The last total of each counter; the feed may hold earlier ones too. */
    private static Map<String, Long> feed(List<String> lines) {
        Map<String, Long> totals = new TreeMap<>();
        for (String line : lines) {
            String[] columns = line.split("\t", -1);
            totals.put(columns[0], Long.valueOf(columns[1]));
        }
        return totals;
    }

    private Map<String, Long> expectedFeed() {
        Map<String, Long> expected = new TreeMap<>();
        for (String namespace : NAMESPACES) {
            oracle.counts().forEach((word, count) -> expected.put(namespace + "/" + word, count));
        }
        return expected;
    }
}
