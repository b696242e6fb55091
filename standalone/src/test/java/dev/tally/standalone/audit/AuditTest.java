package dev.tally.standalone.audit;

import static dev.tally.standalone.audit.RandomLog.PARTITIONS;
import static dev.tally.standalone.audit.RandomLog.WINDOW_MILLIS;
import static dev.tally.standalone.audit.RandomLog.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.testkit.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    private static final long MEMORY = 1 << 20;

    @TempDir
    Path directory;

    private final long seed = Seed.printed(AuditTest.class);
    private final Random random = new Random(seed);

    @Test
    void shouldFindNoMismatchWhenAnExactStateAdvancesBetweenThePages() throws Exception {
        for (int run = 0; run < 60; run++) {
            // given
            MemoryLog log = new RandomLog(random).of(random.nextInt(1_500));
            LiveState live = new NaiveState(log, WINDOW_MILLIS, 1 + random.nextInt(20), random);

            // when
            AuditReport report = audit(log, live, null, MEMORY);

            // then
            assertThat(report.shown()).as("seed %d, run %d", seed, run).isEmpty();
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void shouldFindTheSameWhenBucketsDoNotFitIntoTheMemory() throws Exception {
        for (int run = 0; run < 10; run++) {
            // given: memory for one counter and its IDs within the window
            MemoryLog log = new RandomLog(random).of(1_000);
            NaiveState live = new NaiveState(log, 5 * WINDOW_MILLIS, 7, random).atTheEnd();

            // when
            AuditReport whole = audit(log, live, null, MEMORY);
            AuditReport split = audit(log, live, null, 3_500);

            // then
            assertThat(split).as("seed %d, run %d", seed, run).isEqualTo(whole);
            assertThat(whole.agrees()).as("seed %d: another window", seed).isFalse();
        }
    }

    @Test
    void shouldRefuseWhenTheIdsOfOneCounterDoNotFitIntoTheMemory() {
        // given
        MemoryLog log = new MemoryLog(1);
        for (int i = 0; i < 20; i++) {
            log.append(0, key("shop/sold"), add(1, "id" + i));
        }
        LiveState live = new NaiveState(log, WINDOW_MILLIS, 9, random).atTheEnd();

        // when, then
        assertThatThrownBy(() -> audit(log, live, null, 3_000))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageContaining("more ids within the deduplication window than fit into the memory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldFitWhenTheIdsOfOneCounterExpire() throws Exception {
        // given
        MemoryLog log = new MemoryLog(1);
        for (int i = 0; i < 2_000; i++) {
            log.append(i * WINDOW_MILLIS / 5, key("shop/sold"), add(1, "id" + i));
        }
        LiveState live = new NaiveState(log, WINDOW_MILLIS, 9, random).atTheEnd();

        // when, then
        assertThat(audit(log, live, null, 3_000)).isEqualTo(new AuditReport(1, 2_000, 0, List.of()));
    }

    @Test
    void shouldNameEachPlantedFault() throws Exception {
        // given
        MemoryLog log = new MemoryLog(PARTITIONS);
        for (String name : List.of("shop/b", "shop/d", "shop/f")) {
            log.append(5, key(name), add(3, null));
        }
        LiveState exact = new NaiveState(log, WINDOW_MILLIS, 1, random).atTheEnd();
        CounterValue right = new CounterValue(3, 5);

        // when, then: a changed total, a changed time
        assertThat(audit(log, changed(exact, "d", new CounterValue(4, 5)), null, MEMORY)
                        .shown())
                .containsExactly(new Mismatch("shop/d", new CounterValue(4, 5), right, at(log, "shop/d")));
        assertThat(audit(log, changed(exact, "d", new CounterValue(3, 6)), null, MEMORY)
                        .shown())
                .containsExactly(new Mismatch("shop/d", new CounterValue(3, 6), right, at(log, "shop/d")));

        // one missing: the first, one in the middle, the last
        for (String name : List.of("b", "d", "f")) {
            AuditReport missing = audit(log, changed(exact, name, null), null, MEMORY);
            assertThat(missing.shown())
                    .containsExactly(new Mismatch("shop/" + name, null, right, at(log, "shop/" + name)));
            assertThat(missing.counters()).isEqualTo(3);
        }

        // one too many
        UnaryOperator<List<LivePage.Counter>> added = counters -> {
            List<LivePage.Counter> more = new ArrayList<>(counters);
            if (!counters.isEmpty() && counters.get(0).name().equals("b")) {
                more.add(new LivePage.Counter("c", right));
            }
            return more;
        };
        assertThat(audit(log, changed(exact, added), null, MEMORY).shown())
                .containsExactly(new Mismatch("shop/c", right, null, at(log, "shop/c")));
    }

    @Test
    void shouldFindNamespacesThatOnlyTheStateHas() throws Exception {
        // given
        MemoryLog log = new MemoryLog(1);
        log.append(5, key("shop/sold"), add(1, null));
        log.totals.add(key("lost/sold"));
        LiveState exact = new NaiveState(log, WINDOW_MILLIS, 9, random).atTheEnd();
        CounterValue value = new CounterValue(1, 5);
        LiveState live = (namespace, cursor) -> namespace.equals("lost")
                ? new LivePage(List.of(new LivePage.Counter("sold", value)), null, Receipts.NONE)
                : exact.page(namespace, cursor);

        // when, then
        assertThat(audit(log, live, null, MEMORY).shown())
                .containsExactly(new Mismatch("lost/sold", value, null, new Receipt(0, -1)));
        assertThat(audit(log, live, "shop", MEMORY)).isEqualTo(new AuditReport(1, 1, 0, List.of()));
    }

    @Test
    void shouldEndWindowsExactlyAndRememberWhatWasApplied() throws Exception {
        // given: each counter is named after its total
        MemoryLog log = new MemoryLog(1);
        byte[] once = key("shop/once");
        byte[] again = key("shop/again");
        byte[] deleted = key("shop/deleted");
        byte[] overflow = key("shop/overflow");
        log.append(0, once, add(1, "i"));
        log.append(0, again, add(1, "i"));
        log.append(0, deleted, add(1, "i"));
        log.append(0, deleted, EventEncoder.released().encode(Operation.DELETE, 0, null, 0, null));
        log.append(0, overflow, add(Long.MAX_VALUE, null));
        log.append(0, overflow, add(1, "i"));
        log.append(0, overflow, add(-1, null));
        log.append(WINDOW_MILLIS, once, add(1, "i"));
        log.append(WINDOW_MILLIS, deleted, add(1, "i"));
        log.append(WINDOW_MILLIS, overflow, add(1, "i"));
        log.append(0, WINDOW_MILLIS + 1, null, null);
        log.append(3, again, add(1, "i"));

        // when
        Receipts end = Receipts.of(new Receipt(0, log.end(0) - 1));
        LivePage page = new LivePage(
                List.of(
                        new LivePage.Counter("again", new CounterValue(2, WINDOW_MILLIS + 1)),
                        new LivePage.Counter("once", new CounterValue(1, 0)),
                        new LivePage.Counter("overflow", new CounterValue(Long.MAX_VALUE, WINDOW_MILLIS))),
                null,
                end);

        // then
        assertThat(audit(log, (namespace, cursor) -> page, null, MEMORY).shown())
                .isEmpty();
    }

    @Test
    void shouldRefuseWhenStateAndLogCannotBeCompared() {
        // given
        MemoryLog log = new MemoryLog(1);
        log.append(0, key("shop/sold"), add(1, null));
        LiveState live = new NaiveState(log, WINDOW_MILLIS, 9, random).atTheEnd();

        // when, then
        LiveState ahead = (namespace, cursor) -> new LivePage(List.of(), null, Receipts.of(new Receipt(0, 1)));
        assertThatThrownBy(() -> audit(log, ahead, null, MEMORY))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageStartingWith(
                        "The state reflects tally.events up to 0-1, and partition 0 ends at offset 1: the log has lost its end");
        LiveState other = (namespace, cursor) -> new LivePage(List.of(), null, Receipts.of(new Receipt(1, 0)));
        assertThatThrownBy(() -> audit(log, other, null, MEMORY)).hasMessageContaining("has 1 partitions");
        CounterValue value = new CounterValue(1, 0);
        LiveState disordered = (namespace, cursor) -> new LivePage(
                List.of(new LivePage.Counter("b", value), new LivePage.Counter("a", value)), null, Receipts.NONE);
        assertThatThrownBy(() -> audit(log, disordered, null, MEMORY))
                .hasMessage("The list of shop is not in order: a follows b");
        LiveState endless = (namespace, cursor) -> new LivePage(List.of(), "AW5l", Receipts.NONE);
        assertThatThrownBy(() -> audit(log, endless, null, MEMORY))
                .hasMessage("The list of shop does not end: a page has its own cursor as next");
        log.start = 1;
        assertThatThrownBy(() -> audit(log, live, null, MEMORY))
                .hasMessage("Partition 0 of tally.events starts at offset 1: the events before it were deleted, so the"
                        + " totals cannot be counted again from the log");
        log.start = 0;
        byte[] future = add(1, null);
        future[5] = 0; // the symbol UNKNOWN, as which the operations of a newer writer are read
        log.append(0, key("shop/sold"), future);
        LiveState both = (namespace, cursor) -> new LivePage(List.of(), null, Receipts.of(new Receipt(0, 1)));
        assertThatThrownBy(() -> audit(log, both, null, MEMORY))
                .hasMessageStartingWith("The event at 0-1 has an operation that this version does not know");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldCountAllMismatchesAndShowTheFirst() throws Exception {
        // given
        MemoryLog log = new MemoryLog(1);
        for (int i = 0; i < 150; i++) {
            log.append(0, key("shop/" + i), add(1, null));
        }
        LiveState empty = (namespace, cursor) -> new LivePage(List.of(), null, Receipts.of(new Receipt(0, 149)));

        // when
        AuditReport report = audit(log, empty, null, MEMORY);

        // then
        assertThat(report.mismatches()).isEqualTo(150);
        assertThat(report.shown())
                .hasSize(AuditReport.SHOWN_MAX)
                .isSortedAccordingTo((a, b) -> a.counter().compareTo(b.counter()));
    }

    @Test
    void shouldSayHowToContinueWhenThereIsNoTemporaryDirectory() {
        // given
        MemoryLog log = new MemoryLog(1);
        AuditOptions options = new AuditOptions(null, Duration.ofHours(24), directory.resolve("none"), MEMORY);

        // when, then
        assertThatThrownBy(() ->
                        Audit.run(log, (namespace, cursor) -> null, ReleasedSchemas.get(), options, AuditProgress.NONE))
                .isInstanceOf(AuditFailedException.class)
                .hasMessageContaining("choose another directory with --temp-dir");
    }

    private AuditReport audit(MemoryLog log, LiveState live, @Nullable String namespace, long memory)
            throws InterruptedException {
        AuditOptions options = new AuditOptions(namespace, Duration.ofMillis(WINDOW_MILLIS), directory, memory);
        return Audit.run(log, live, ReleasedSchemas.get(), options, AuditProgress.NONE);
    }

    private static LiveState changed(LiveState exact, String name, @Nullable CounterValue value) {
        return changed(exact, counters -> {
            List<LivePage.Counter> others = new ArrayList<>();
            for (LivePage.Counter counter : counters) {
                if (!counter.name().equals(name)) {
                    others.add(counter);
                } else if (value != null) {
                    others.add(new LivePage.Counter(name, value));
                }
            }
            return others;
        });
    }

    private static LiveState changed(LiveState exact, UnaryOperator<List<LivePage.Counter>> change) {
        return (namespace, cursor) -> {
            LivePage page = exact.page(namespace, cursor);
            return new LivePage(change.apply(page.counters()), page.next(), page.asOf());
        };
    }

    private static Receipt at(MemoryLog log, String name) {
        int partition = Placement.partition(key(name), log.partitions());
        return new Receipt(partition, log.end(partition) - 1);
    }

    private static byte[] add(long delta, @Nullable String id) {
        return EventEncoder.released().encode(Operation.ADD, delta, id, 0, null);
    }
}
