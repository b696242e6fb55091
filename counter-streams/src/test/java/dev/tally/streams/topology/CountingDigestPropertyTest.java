package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.digest.DigestComparison;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.StateDigest;
import dev.tally.streams.state.serving.StateDigests;
import dev.tally.testkit.Seed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/** The same log gives the same digests, however its flushes and evictions are timed and whatever is counted during the read. */
class CountingDigestPropertyTest {
    private static final int EVENTS = 800;
    private static final int DIGESTS = 5;
    private static final Set<Integer> ALL_BUCKETS =
            IntStream.range(0, 256).boxed().collect(Collectors.toSet());

    @RepeatedTest(8)
    void shouldGiveEqualDigestsOfTheSameLogHoweverItIsCounted() {
        // given
        long seed = Seed.printed(CountingDigestPropertyTest.class);
        Random random = new Random(seed);
        RandomLog log = RandomLog.of(random, EVENTS);
        List<Integer> offsets = random.ints(DIGESTS, 0, log.events().size())
                .distinct()
                .sorted()
                .boxed()
                .toList();

        // when
        List<StateDigest> small = count(log, offsets, 2, 1, random, true);
        List<StateDigest> large = count(log, offsets, 100, 40, random, false);

        // then
        for (int i = 0; i < offsets.size(); i++) {
            String where = "seed " + seed + ", offset " + offsets.get(i);
            assertThat(small.get(i).details()).as(where).isEqualTo(large.get(i).details());
            assertThat(DigestComparison.of(small.get(i), large.get(i)).isEqual())
                    .as(where)
                    .isTrue();
            assertThat(small.get(i))
                    .as(where)
                    .isEqualTo(large.get(i))
                    .isEqualTo(stoppedAt(offsets.get(i), log, random));
            assertThat(small.get(i).offset()).as(where).isEqualTo((long) offsets.get(i));
        }
    }

    /**
     * Counts the log and takes digests.
     *
     * @param recordsOfCommit the mean number of records of a commit
     * @param whileCounting whether a snapshot is read only when the next digest is requested or the log is counted
     */
    private static List<StateDigest> count(
            RandomLog log,
            List<Integer> offsets,
            int entries,
            int recordsOfCommit,
            Random random,
            boolean whileCounting) {
        Queue<Runnable> reads = new ArrayDeque<>();
        Executor executor = whileCounting ? reads::add : Runnable::run;
        List<StateDigests.Pending> pending = new ArrayList<>();
        List<StateDigest> digests = new ArrayList<>();
        try (CountingDriver counting = new CountingDriver(1, entries)) {
            for (int i = 0; i < log.events().size(); i++) {
                if (pending.size() < offsets.size() && i > (pending.isEmpty() ? -1 : offsets.get(pending.size() - 1))) {
                    runAll(reads);
                    pending.add(counting.digestAt(request(offsets.get(pending.size())), executor));
                }
                RandomLog.send(counting, log.events().get(i), random.nextInt(recordsOfCommit) == 0);
            }
            runAll(reads);
            pending.forEach(each -> digests.add(taken(each)));
        }
        return digests;
    }

    private static DigestRequest request(long offset) {
        return DigestRequest.asOf(offset).withDetails(ALL_BUCKETS, DigestRequest.DETAILS_MAX);
    }

    private static void runAll(Queue<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static StateDigest taken(StateDigests.Pending digest) {
        DigestResult result = digest.result().toCompletableFuture().getNow(null);
        assertThat(result).isInstanceOf(DigestResult.Taken.class);
        return ((DigestResult.Taken) result).digest();
    }

    private static StateDigest stoppedAt(int offset, RandomLog log, Random random) {
        try (CountingDriver counting = new CountingDriver(1, 2 + random.nextInt(30))) {
            for (RandomLog.Event event : log.events().subList(0, offset + 1)) {
                RandomLog.send(counting, event, random.nextInt(10) == 0);
            }
            return counting.digest(request(offset));
        }
    }
}
