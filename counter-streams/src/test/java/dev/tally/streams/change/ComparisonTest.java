package dev.tally.streams.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.CountingParameters;
import dev.tally.schemas.generation.Generations;
import dev.tally.streams.state.digest.BucketSums;
import dev.tally.streams.state.digest.CounterDetails;
import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.StateDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final CountingParameters PARAMETERS =
            new CountingParameters(Duration.ofHours(24), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final Change CHANGE = Objects.requireNonNull(Generations.first(PARAMETERS, 5, Instant.EPOCH)
            .rebuild(false, 5)
            .counting(PARAMETERS, Instant.EPOCH)
            .holding()
            .comparing()
            .change());
    private static final int PARTITIONS = 2;

    private final Map<String, String> notes = new HashMap<>();

    @Test
    void shouldWaitForTheDigestsOfAllPartitions() {
        note("g1", 0, 9, 1, "total 1");
        note("g2", 0, 9, 1, "total 1");
        note("g1", 1, 9, 1, "total 1");

        assertThat(Comparison.of(CHANGE, notes, PARTITIONS)).isNull();
    }

    @Test
    void shouldAgreeWhenAllDigestsAreEqual() {
        for (String generation : List.of("g1", "g2")) {
            note(generation, 0, 9, 1, "total 1");
            note(generation, 1, 4, 2, "total 1");
        }

        Comparison comparison = Objects.requireNonNull(Comparison.of(CHANGE, notes, PARTITIONS));

        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.outcome()).isEqualTo("2 counters agree");
    }

    @Test
    void shouldNameTheCountersThatDiffer() {
        note("g1", 0, 9, 1, "total 1");
        note("g2", 0, 9, 3, "total 2");
        note("g1", 1, 4, 1, "total 1");
        note("g2", 1, 4, 1, "total 1");

        Comparison comparison = Objects.requireNonNull(Comparison.of(CHANGE, notes, PARTITIONS));

        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.differences()).containsExactly("shop/a  g1: total 1  g2: total 2");
        assertThat(comparison.toList()).isNotEmpty().hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void shouldCompareOnlyStatesAsOfTheSameEvent() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            note("g1", partition, 9, 1, "total 1");
            note("g2", partition, 10, 1, "total 1");
        }

        assertThat(Objects.requireNonNull(Comparison.of(CHANGE, notes, PARTITIONS))
                        .isComparable())
                .isFalse();
    }

    private void note(String generation, int partition, long offset, int fill, String text) {
        byte[] sums = new byte[BucketSums.BUCKETS * 2 * Long.BYTES];
        sums[sums.length / 2] = (byte) fill;
        StateDigest digest = new StateDigest(
                offset,
                1,
                DigestRequest.ALL,
                1,
                0,
                BucketSums.of(sums),
                new CounterDetails(List.of(new CounterDetail("shop/a", text)), true));
        notes.put(Note.digest(generation, partition), Note.of(CHANGE, DigestText.write(digest)));
    }
}
