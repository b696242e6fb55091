package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.TotalDecoder;
import dev.tally.streams.generation.BoardWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rebuild replaces a generation whose state cannot be used, also when several instances count it, and continues its feeds. */
class UnusableStateIT extends StreamsFixture {
    private static final String CHANGELOG = "tally-g1-counters-changelog";

    private CounterStreamsMain second;

    @AfterEach
    void closeSecond() {
        if (second != null) {
            second.close();
        }
    }

    @Test
    void shouldFeedEachEventOnceWhenTheChangelogIsLost() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 1);
        broker.append("shop/quiet", Operation.ADD, 7);
        broker.append("shop/cart", Operation.ADD, Long.MAX_VALUE); // rejected
        awaitTotal("shop/cart", 1);
        awaitTotal("shop/quiet", 7);
        streams.close();
        delete(CHANGELOG);
        broker.append("shop/cart", Operation.ADD, 1);
        broker.append("shop/cart", Operation.ADD, Long.MAX_VALUE); // rejected
        streams = CounterStreamsMain.start(settings(null));
        assertThat(sentence()).contains("count again with scripts/tally rebuild");

        // when: it begins when the session of the stopped instance has ended
        requestRebuild(false);
        awaitReady();

        // then
        awaitTotal("shop/cart", 2);
        awaitTotal("shop/quiet", 7);
        assertThat(generations().live()).isEqualTo("g2");
        await().atMost(PATIENCE).until(() -> totals("shop/cart").equals(List.of(1L, 2L)));
        assertThat(totals("shop/quiet")).containsExactly(7L);
        await().atMost(PATIENCE).until(() -> rejectedOffsets().size() == 2);
        assertThat(rejectedOffsets()).doesNotHaveDuplicates();

        // when: the next start finds the same unusable state beside the live one
        restart();

        // then
        awaitTotal("shop/cart", 2);
        broker.append("shop/cart", Operation.ADD, 1);
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldNotMisreadTheStateOfAnotherFormat() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);

        // when
        change(now -> withFormat(now, 4));

        // then
        assertThat(sentence())
                .contains("The state of generation g1 has format 4, and this version counts with format 5");

        // when
        requestRebuild(false);
        awaitReady();

        // then
        awaitTotal("shop/cart", 5);
        assertThat(generations().liveEntry().format()).isEqualTo(5);
    }

    @Test
    void shouldTryTheLiveStateAgainWhenItsReplacementIsDropped() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 5);
        awaitTotal("shop/cart", 5);
        change(now -> now.rebuild(false, 5)
                .replacing(now.liveEntry().parameters(), now.liveEntry().createdAt(), "Lost", List.of(4L, 4L, 4L, 4L))
                .refused("g2 stopped", List.of()));
        await().atMost(PATIENCE).until(() -> get("/readyz").body().contains("Lost"));
        assertThat(read("shop/cart")).isInstanceOf(ReadResult.NotReady.class);

        // when
        change(now -> now.drop("g2").dropped("g2"));

        // then
        awaitReady();
        awaitTotal("shop/cart", 5);
    }

    @Test
    void shouldReplaceTheStateOfTwoInstances() throws Exception {
        // given: both start at the same time, on a new cluster
        streams = CounterStreamsMain.start(settings(null));
        second = startSecond();
        awaitBothReady();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add("shop/c" + i);
        }
        broker.appendAll(names, 3);
        awaitTotals(names, 3);
        streams.close();
        second.close();
        delete(CHANGELOG);
        streams = CounterStreamsMain.start(settings(null));
        second = startSecond();
        assertThat(sentence()).contains("count again with scripts/tally rebuild");

        // when
        requestRebuild(false);

        // then
        awaitBothReady();
        awaitTotals(names, 3);
        broker.appendAll(names, 1);
        awaitTotals(names, 4);
    }

    @Test
    void shouldGoOnWithARebuildWhenAnInstanceEnds() throws Exception {
        // given
        streams = CounterStreamsMain.start(settings(null));
        second = startSecond();
        awaitBothReady();
        List<String> names = List.of("shop/a", "shop/b", "shop/c", "shop/d", "shop/e", "shop/f", "shop/g", "shop/h");
        broker.appendAll(names, 3);
        awaitTotals(names, 3);

        // when: both lead parts of it, and one of them leads the change
        requestRebuild(false);
        await().atMost(PATIENCE).until(() -> generations().entry("g2").isPresent());
        second.close();

        // then
        await().atMost(PATIENCE.multipliedBy(2))
                .until(() -> generations().live().equals("g2") && !generations().isChanging());
        broker.appendAll(names, 1);
        for (String name : names) {
            awaitTotal(name, 4);
        }
    }

    private CounterStreamsMain startSecond() {
        return CounterStreamsMain.start(settings(
                null, Map.of("TALLY_STATE_DIR", temporary.resolve("second").toString())));
    }

    private void awaitBothReady() {
        awaitReady();
        CounterStreamsMain first = streams;
        streams = second;
        try {
            awaitReady();
        } finally {
            streams = first;
        }
    }

    private void awaitTotals(List<String> names, long total) {
        for (String name : names) {
            await("the total of " + name)
                    .atMost(PATIENCE)
                    .until(() -> isTotal(streams, name, total) || isTotal(second, name, total));
        }
    }

    private boolean isTotal(CounterStreamsMain asked, String name, long total) throws Exception {
        return ask(asked, name) instanceof ReadResult.Found<?> found
                && found.value() instanceof Total read
                && read.total() == total;
    }

    private void change(UnaryOperator<Generations> step) {
        var unused = new BoardWriter(settings(null).board()).change(now -> step.apply(Objects.requireNonNull(now)));
    }

    private Generations generations() {
        return new BoardWriter(settings(null).board()).change(Objects::requireNonNull);
    }

    private static Generations withFormat(Generations now, long format) {
        List<GenerationEntry> entries = now.all().stream()
                .map(entry -> new GenerationEntry(entry.name(), entry.createdAt(), entry.parameters(), format, null))
                .toList();
        return new Generations(now.live(), now.liveAfter(), entries, now.lastNumber(), now.rounds(), now.change());
    }

    /** What the feed says about a counter, in order. */
    private List<Long> totals(String name) {
        TotalDecoder decoder = TotalDecoder.released();
        List<Long> totals = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.read(Topics.TOTALS)) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(name)) {
                assertThat(decoder.decode(record.value())).isTrue();
                totals.add(decoder.total());
            }
        }
        return totals;
    }

    private List<String> rejectedOffsets() {
        return broker.read(Topics.REJECTED).stream()
                .map(record -> new String(
                        record.headers().lastHeader(RejectedHeaders.OFFSET).value(), StandardCharsets.UTF_8))
                .toList();
    }
}
