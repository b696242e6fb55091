package dev.tally.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AsOfTest {
    @Test
    void shouldReflectWhatItsReceiptReachesOnTheSamePartition() {
        // given
        AsOf asOf = new AsOf(new Receipt(3, 17), Instant.EPOCH, 0L, AsOf.Role.ACTIVE, Instant.EPOCH);

        // when, then
        assertThat(asOf.reflects(null)).isTrue();
        assertThat(asOf.reflects(new Receipt(3, 16))).isTrue();
        assertThat(asOf.reflects(new Receipt(3, 17))).isTrue();
        assertThat(asOf.reflects(new Receipt(3, 18))).isFalse();
        assertThat(asOf.reflects(new Receipt(4, 1))).isFalse();
    }

    @Test
    void shouldReflectNothingWhenThePartitionIsEmpty() {
        // given
        AsOf asOf = new AsOf(null, null, 0L, AsOf.Role.ACTIVE, Instant.EPOCH);

        // when, then
        assertThat(asOf.reflects(null)).isTrue();
        assertThat(asOf.reflects(new Receipt(0, 0))).isFalse();
    }
}
