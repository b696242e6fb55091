package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallySystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Counts the words of a license and compares every total with the output of {@code tr | sort | uniq -c} for the same
 * file.
 */
@ParameterizedClass
@EnumSource(SetUp.class)
class TextOracleIT {
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
        if (system != null) {
            system.close();
        }
    }

    @Test
    void shouldCountTheWordsOfATextAsTheShellDoesWhenRestartedAndWhenItsStateIsLost() throws Exception {
        // given
        system.start();
        TextCounting text = new TextCounting(system, oracle);

        // when
        text.postSingly("text-single");
        text.postInBatches("text-ndjson", BatchForm.NDJSON);
        text.postInBatches("text-array", BatchForm.ARRAY);

        // then
        text.assertTotals(NAMESPACES, 1, "after the posts");

        // when
        system.stop();
        system.start();

        // then
        text.assertTotals(NAMESPACES, 1, "after a restart");

        // when
        system.stop();
        system.loseState();
        system.start();

        // then
        text.assertTotals(NAMESPACES, 1, "after the loss of the state");
        assertThat(feed(system.tally("totals").orFail().lines())).isEqualTo(expectedFeed());
        assertThat(feed(stockConsumer())).isEqualTo(expectedFeed());
        Options.say(
                "oracle, %s: %d words, %d distinct, posted singly, as NDJSON and as arrays; all totals right after the posts,"
                        + " a restart, the loss of the state, and in tally.totals",
                setUp, oracle.words().size(), oracle.counts().size());
    }

    /** The stock console consumer, with Tally's formatter. */
    private List<String> stockConsumer() {
        List<String> arguments = new ArrayList<>(List.of(
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
                "dev.tally.schemas.TotalFormatter"));
        if (system.registry() != null) {
            arguments.addAll(List.of("--formatter-property", "schema.registry.url=" + system.registry()));
        }
        return system.tally(arguments.toArray(String[]::new)).orFail().lines();
    }

    /** The last total of each counter. The feed may also hold earlier totals. */
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
