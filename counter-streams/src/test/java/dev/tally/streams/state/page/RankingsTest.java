package dev.tally.streams.state.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.PageQuery;
import dev.tally.streams.state.serving.WrittenState;
import dev.tally.streams.state.store.RankingReads;
import dev.tally.streams.topology.CountingDriver;
import dev.tally.streams.topology.CountingModel;
import dev.tally.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rankings are built one slice at a time, and the state is written between slices. */
class RankingsTest {
    private static final int LIMIT = PageQuery.LIMIT_MAX;

    private final CountingDriver counting = new CountingDriver();
    private final CountingModel model = new CountingModel(Duration.ZERO, CountingDriver.HISTORY);

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldNameTheLargestAsOfTheLastSliceWhenTheStateIsWrittenBetweenSlices() {
        // given
        long seed = Seed.printed(RankingsTest.class);
        Random random = new Random(seed);
        int counters = 3_000;
        counting.holdCommits(true);
        for (int i = 0; i < counters; i++) {
            send("top/c" + i, Operation.ADD, 10_000 + random.nextInt(2_000));
        }
        counting.holdCommits(false);
        send("top/c0", Operation.ADD, 1);

        // when
        int slices = 1;
        WrittenState.Read<CounterPage> read = slice(bytes("top"), LIMIT);
        while (read.value() == null) {
            counting.holdCommits(true);
            for (int i = 0; i < 50; i++) {
                String name = "top/" + (random.nextInt(4) == 0 ? "new" : "c") + random.nextInt(counters);
                switch (random.nextInt(5)) {
                    case 0 -> send(name, Operation.DELETE, 0);
                    case 1 -> send(name, Operation.SET, random.nextInt(20_000));
                    default -> send(name, Operation.ADD, random.nextInt(12_000));
                }
            }
            counting.holdCommits(false);
            send("top/c1", Operation.ADD, 1);
            read = slice(bytes("top"), LIMIT);
            slices++;
        }

        // then
        assertThat(slices).isGreaterThanOrEqualTo(LIMIT / Rankings.SLICE_MEMBERS);
        assertThat(shown(read.value()))
                .as("seed " + seed)
                .isEqualTo(model.byTotal("top").stream().limit(LIMIT).toList());
        assertThat(read.position()).isEqualTo(counting.position());

        // when
        send("top/c2", Operation.SET, 1_000_000);

        // then
        assertThat(shown(slice(bytes("top"), 1).value())).containsExactly("c2=1000000");
        assertThat(RankingReads.builds(written())).isZero();
    }

    @Test
    void shouldWorkOnAnOlderBuildWhenTheMaximumOfBuildsIsReached() {
        // given
        int namespaces = Rankings.BUILDS_MAX + 1;
        manyOf(namespaces, 3 * Rankings.SLICE_MEMBERS + 1);
        for (int i = 0; i < Rankings.BUILDS_MAX; i++) {
            assertThat(slice(bytes("n" + i), 1).value()).isNull();
        }
        assertThat(RankingReads.builds(written())).isEqualTo(Rankings.BUILDS_MAX);

        // when
        byte[] another = bytes("n" + Rankings.BUILDS_MAX);
        int slices = 1;
        while (slice(another, 1).value() == null) {
            assertThat(RankingReads.builds(written())).isLessThanOrEqualTo(Rankings.BUILDS_MAX);
            slices++;
        }

        // then: the three remaining slices of the first of the others, and its own four
        assertThat(slices).isEqualTo(7);
        assertThat(slice(bytes("n0"), 1).value()).isNotNull();
    }

    @Test
    void shouldReadAllCountersWhenABackfillStartsDuringABuild() {
        // given
        counting.holdCommits(true);
        for (int i = 0; i < 3_000; i++) {
            send("top/c" + i, Operation.ADD, 10_000 + i);
        }
        counting.holdCommits(false);
        send("top/c0", Operation.ADD, 1);
        assertThat(slice(bytes("top"), LIMIT).value()).isNull();

        // when
        counting.holdCommits(true);
        for (int i = 1_200; i < 3_000; i++) {
            send("top/c" + i, Operation.SET, i);
        }
        counting.holdCommits(false);
        send("top/c0", Operation.ADD, 1);

        // then
        assertThat(slice(bytes("top"), LIMIT)).isNull();
        assertThat(RankingReads.builds(written())).isZero();
        assertThat(shown(counting.page(PageQuery.byTotal("top", LIMIT))))
                .isEqualTo(model.byTotal("top").stream().limit(LIMIT).toList());
    }

    @Test
    void shouldAnswerAllQueriesForMoreNamespacesThanAreKeptWhenTheStateIsWritten() throws Exception {
        // given
        int namespaces = 70;
        manyOf(namespaces, 2 * Rankings.SLICE_MEMBERS);
        WrittenState written = written();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        List<Future<Integer>> answered = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            int first = reader * 20;
            answered.add(readers.submit(() -> {
                int answers = 0;
                for (int i = first; !isOver.get() || answers < 2 * namespaces; i++) {
                    String namespace = "n" + i % namespaces;
                    CounterPage page =
                            written.page(PageQuery.byTotal(namespace, LIMIT)).value();
                    assertThat(page.counters()).hasSize(2 * Rankings.SLICE_MEMBERS);
                    assertThat(page.counters()).isSortedAccordingTo((a, b) -> Long.compare(b.total(), a.total()));
                    answers++;
                }
                return answers;
            }));
        }

        // when
        for (int i = 0; i < 3_000; i++) {
            send("n" + i % namespaces + "/c" + i % 97, Operation.ADD, i % 13);
        }
        isOver.set(true);

        // then
        for (Future<Integer> reader : answered) {
            assertThat(reader.get(1, TimeUnit.MINUTES)).isGreaterThanOrEqualTo(2 * namespaces);
        }
        readers.shutdown();
        for (int i = 0; i < namespaces; i++) {
            assertThat(shown(counting.page(PageQuery.byTotal("n" + i, LIMIT)))).isEqualTo(model.byTotal("n" + i));
        }
        assertThat(RankingReads.builds(written)).isZero();
    }

    private void manyOf(int namespaces, int counters) {
        counting.holdCommits(true);
        for (int n = 0; n < namespaces; n++) {
            for (int i = 0; i < counters; i++) {
                send("n" + n + "/c" + i, Operation.ADD, i);
            }
        }
        counting.holdCommits(false);
        send("n0/c0", Operation.ADD, 1);
    }

    private void send(String name, Operation operation, long value) {
        counting.sendAt(1_000, name, operation, value);
        model.apply(1_000, name, operation, value, null, 0);
    }

    private WrittenState.Read<CounterPage> slice(byte[] namespace, int limit) {
        return RankingReads.slice(written(), namespace, limit);
    }

    private WrittenState written() {
        return counting.written();
    }

    private static List<String> shown(CounterPage page) {
        return page.counters().stream()
                .map(entry -> entry.counter() + "=" + entry.total())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
