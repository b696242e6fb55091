package dev.tally.streams.state.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.topology.CountingDriver;
import dev.tally.streams.topology.RandomLog;
import dev.tally.testkit.Seed;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;

class DigestRunTest {
    private static final int ENOUGH = 1_000;

    @RepeatedTest(3)
    void shouldGiveTheSameDigestInAnyNumberOfParts() {
        long seed = Seed.printed(DigestRunTest.class);
        try (CountingDriver counting = counted(seed)) {
            DigestRequest request = DigestRequest.asOf(0).withDetails(Set.of(1, 2, 3, 100, 200), ENOUGH);
            DigestResult whole = run(counting, request, ENOUGH);
            assertThat(whole).isInstanceOf(DigestResult.Taken.class);
            int more = 0;
            // Of 20 counters, nearly all are deleted once.
            for (int livesMax = 1; livesMax <= 20; livesMax++) {
                DigestResult result = run(counting, request, livesMax);
                if (result instanceof DigestResult.NotTaken) {
                    more++;
                } else {
                    assertThat(result)
                            .as("seed " + seed + ", at most " + livesMax)
                            .isEqualTo(whole);
                }
            }
            assertThat(more).isBetween(1, 6);
        }
    }

    @RepeatedTest(3)
    void shouldSplitABucketIntoBuckets() {
        long seed = Seed.printed("DigestRunTest split");
        try (CountingDriver counting = counted(seed)) {
            StateDigest all = taken(run(counting, DigestRequest.asOf(0), ENOUGH));
            long counters = 0;
            for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                StateDigest within = taken(run(counting, DigestRequest.asOf(0).within(bucket), ENOUGH));
                Sum128 sum = new Sum128();
                for (int i = 0; i < BucketSums.BUCKETS; i++) {
                    sum.add(
                            within.buckets().of(i).high(),
                            within.buckets().of(i).low());
                }
                assertThat(sum).as("seed " + seed).isEqualTo(all.buckets().of(bucket));
                counters += within.counters() + within.deletedCounters();
            }
            assertThat(counters)
                    .isEqualTo(all.counters() + all.deletedCounters())
                    .isEqualTo(20);
        }
    }

    private static CountingDriver counted(long seed) {
        Random random = new Random(seed);
        CountingDriver counting = new CountingDriver(1, 100);
        RandomLog.of(random, 2_000).events().forEach(event -> RandomLog.send(counting, event, true));
        return counting;
    }

    private static DigestResult run(CountingDriver counting, DigestRequest request, int livesMax) {
        CounterView.Position at = counting.position();
        try (DigestRun run = new DigestRun(
                counting.entries(), CountingDriver.HISTORY, request, at.offset(), at.streamTime(), livesMax)) {
            return run.read();
        }
    }

    private static StateDigest taken(DigestResult result) {
        return ((DigestResult.Taken) result).digest();
    }
}
