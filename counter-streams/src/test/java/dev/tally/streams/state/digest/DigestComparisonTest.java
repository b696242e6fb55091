package dev.tally.streams.state.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestComparisonTest {
    @Test
    void shouldBeEqualWhenReadFromTheBytesOfTheOther() {
        BucketSums sums = sums(3, 200);
        assertThat(DigestComparison.of(digest(5, 6, sums), digest(5, 6, BucketSums.of(sums.bytes())))
                        .isEqual())
                .isTrue();
    }

    @Test
    void shouldNameTheBucketsThatDiffer() {
        DigestComparison compared = DigestComparison.of(digest(5, 6, sums(3, 200)), digest(5, 6, sums(3, 100)));

        assertThat(compared.isEqual()).isFalse();
        assertThat(compared.notComparable()).isNull();
        assertThat(compared.differing()).containsExactly(100, 200);
    }

    @Test
    void shouldNotCompareDigestsAsOfDifferentRecords() {
        BucketSums sums = sums(3);
        assertThat(DigestComparison.of(digest(5, 6, sums), digest(4, 6, sums)).notComparable())
                .isEqualTo("digests as of different records: offset 5 at stream time 6 and offset 4 at stream time 6");
        assertThat(DigestComparison.of(digest(5, 6, sums), digest(5, 7, sums)).isEqual())
                .isFalse();
    }

    private static BucketSums sums(int... buckets) {
        BucketSums sums = new BucketSums();
        for (int bucket : buckets) {
            sums.of(bucket).add(1, -1);
        }
        return sums;
    }

    private static StateDigest digest(long offset, long streamTime, BucketSums sums) {
        return new StateDigest(offset, streamTime, DigestRequest.ALL, 1, 0, sums, CounterDetails.NONE);
    }
}
