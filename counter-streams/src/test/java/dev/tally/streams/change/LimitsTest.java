package dev.tally.streams.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.CountingParameters;
import dev.tally.schemas.generation.Generations;
import dev.tally.streams.runtime.OffsetLimit;
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

class LimitsTest {
    private static final CountingParameters PARAMETERS =
            new CountingParameters(Duration.ofHours(24), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final Generations COUNTING =
            Generations.first(PARAMETERS, 5, Instant.EPOCH).rebuild(false, 5).counting(PARAMETERS, Instant.EPOCH);
    private static final int PARTITIONS = 2;

    private final Map<String, String> notes = new HashMap<>();

    @Test
    void shouldLimitNothingWhileTheNewGenerationCounts() {
        assertThat(Limits.to(change(COUNTING), notes, PARTITIONS)).isEmpty();
        assertThat(Limits.from(change(COUNTING), notes, PARTITIONS)).isEmpty();
        assertThat(Limits.to(null, notes, PARTITIONS)).isEmpty();
    }

    @Test
    void shouldProcessNothingUntilItIsKnownWhereAPartitionStops() {
        // given
        Generations holding = COUNTING.holding();
        notes.put(Note.stopped("g2", 1), Note.of(change(holding), "17"));

        // then
        assertThat(Limits.to(change(holding), notes, PARTITIONS)).isEqualTo(Map.of(0, OffsetLimit.NO_RECORD, 1, 17L));
        assertThat(Limits.from(change(holding), notes, PARTITIONS)).isEmpty();
    }

    @Test
    void shouldIgnoreTheNotesOfAnotherRound() {
        // given
        Generations first = COUNTING.holding();
        notes.put(Note.stopped("g2", 0), Note.of(change(first), "17"));
        notes.put(Note.stopped("g2", 1), Note.of(change(first), "18"));

        // when
        Generations second = first.again().holding();

        // then
        assertThat(Limits.to(change(second), notes, PARTITIONS))
                .isEqualTo(Map.of(0, OffsetLimit.NO_RECORD, 1, OffsetLimit.NO_RECORD));
    }

    @Test
    void shouldGoOnToTheEventOfTheOtherDigest() {
        // given
        Generations comparing = COUNTING.holding().comparing();
        notes.put(Note.stopped("g2", 0), Note.of(change(comparing), "17"));
        notes.put(Note.stopped("g2", 1), Note.of(change(comparing), "18"));
        notes.put(Note.digest("g1", 1), Note.of(change(comparing), DigestText.write(digest(30))));

        // then
        assertThat(Limits.to(change(comparing), notes, PARTITIONS)).isEqualTo(Map.of(0, 17L, 1, 30L));
    }

    @Test
    void shouldStopBothAtTheSameEventsAndStayThereUntilTheEnd() {
        // given
        Generations stopping =
                COUNTING.holding().comparing().compared("", List.of()).holding().stopping();
        notes.put(Note.stopped("g2", 0), Note.of(change(stopping), "40"));
        notes.put(Note.stopped("g2", 1), Note.of(change(stopping), "41"));
        notes.put(Note.stopped("g1", 0), Note.of(change(stopping), "50"));

        // then
        assertThat(Limits.from(change(stopping), notes, PARTITIONS))
                .isEqualTo(Map.of(0, 50L, 1, OffsetLimit.NO_RECORD));
        assertThat(Limits.to(change(stopping), notes, PARTITIONS)).isEqualTo(Map.of(0, 50L, 1, 41L));

        // when
        notes.put(Note.stopped("g1", 1), Note.of(change(stopping), "51"));
        Generations moving = stopping.moving(List.of(50L, 51L));

        // then
        assertThat(Limits.from(change(moving), notes, PARTITIONS)).isEqualTo(Map.of(0, 50L, 1, 51L));
        assertThat(Limits.to(change(moving), notes, PARTITIONS)).isEqualTo(Map.of(0, 50L, 1, 51L));
    }

    @Test
    void shouldReadADigestAsItWasWritten() {
        StateDigest digest = digest(7);

        assertThat(DigestText.read(DigestText.write(digest))).isEqualTo(digest);
    }

    private static StateDigest digest(long offset) {
        byte[] sums = new byte[BucketSums.BUCKETS * 2 * Long.BYTES];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = (byte) (31 * i);
        }
        CounterDetails details = new CounterDetails(
                List.of(new CounterDetail("shop/a b ü", "total 1, adds 1"), new CounterDetail("shop/c", "deleted")),
                false);
        return new StateDigest(offset, 1_764_000_000_000L, DigestRequest.ALL, 2, 1, BucketSums.of(sums), details);
    }

    private static Change change(Generations generations) {
        return Objects.requireNonNull(generations.change());
    }
}
