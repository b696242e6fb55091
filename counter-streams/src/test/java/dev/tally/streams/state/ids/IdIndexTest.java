package dev.tally.streams.state.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The index may return a group that does not contain the ID, and never misses one that contains it. */
class IdIndexTest {
    private record Added(long hash, long group) {}

    @RepeatedTest(20)
    void shouldNameEveryGroupWithTheIdWhateverWasForgotten() {
        // given
        long seed = Seed.printed(IdIndexTest.class);
        Random random = new Random(seed);
        IdIndex index = new IdIndex();
        // Few hashes, so that there are long runs, and group numbers whose lower half wraps around.
        long[] hashes = random.longs(1 + random.nextInt(400)).toArray();
        long group = random.nextBoolean() ? 0 : 0xffff_ff00L;
        List<Added> live = new ArrayList<>();

        for (int i = 0; i < 20_000; i++) {
            // when
            group += random.nextInt(10) == 0 ? 1 : 0;
            Added added =
                    new Added(random.nextInt(3) > 0 ? random.nextLong() : hashes[random.nextInt(hashes.length)], group);
            index.add(added.hash, added.group);
            live.add(added);
            if (random.nextInt(300) == 0) {
                long before = group - random.nextInt(60);
                int all = live.size();
                live.removeIf(each -> each.group < before);
                if (live.size() < all) {
                    index.forget(before, all - live.size());
                }
            }

            // then
            assertThat(index.ids()).isEqualTo(live.size());
            if (random.nextInt(50) == 0) {
                Added one = live.get(random.nextInt(live.size()));
                assertThat(groups(index, one.hash))
                        .as("seed " + seed + ", id " + i)
                        .containsExactlyElementsOf(live.stream()
                                .filter(each -> each.hash == one.hash)
                                .map(Added::group)
                                .distinct()
                                .sorted(Comparator.reverseOrder())
                                .toList());
            }
        }
    }

    @Test
    void shouldNameNoGroupOfMostIdsThatAreNew() {
        // given
        IdIndex index = new IdIndex();
        Random random = new Random(1);
        IntStream.range(0, 100_000).forEach(i -> index.add(random.nextLong(), i / 64));

        // when
        long named = random.longs(100_000)
                .filter(hash -> index.newest(hash, Long.MAX_VALUE) != IdIndex.NONE)
                .count();

        // then
        assertThat(named).isLessThan(100);
    }

    @Test
    void shouldFindEveryHashWhenItsBitsAreZero() {
        // given
        IdIndex index = new IdIndex();

        // when
        index.add(0, 0);

        // then
        assertThat(groups(index, 0)).containsExactly(0L);
        index.clear();
        assertThat(groups(index, 0)).isEmpty();
    }

    private static List<Long> groups(IdIndex index, long hash) {
        List<Long> groups = new ArrayList<>();
        for (long group = index.newest(hash, Long.MAX_VALUE);
                group != IdIndex.NONE;
                group = index.newest(hash, group)) {
            groups.add(group);
        }
        return groups;
    }
}
