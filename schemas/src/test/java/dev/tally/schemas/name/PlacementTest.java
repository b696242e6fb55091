package dev.tally.schemas.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void shouldPlaceAsKafkasDefaultDoes() {
        long seed = Seed.printed(PlacementTest.class);
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            // given
            byte[] key = new byte[1 + random.nextInt(CounterName.KEY_BYTES_MAX)];
            random.nextBytes(key);
            int partitions = 1 + random.nextInt(1_000);

            // when
            int partition = Placement.partition(key, partitions);

            // then
            assertThat(partition).isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    /** Receipts and routing outlive a release, so these partitions must never change. */
    @Test
    void shouldNeverChangeThePlacementOfAKey() {
        assertThat(Placement.partition(CounterName.of("demo", "hello").key(), 12))
                .isEqualTo(7);
        assertThat(Placement.partition(CounterName.of("demo", "hello").key(), 4))
                .isEqualTo(3);
    }
}
