package dev.tally.streams.state.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LivesTest {
    @Test
    void shouldKnowThePresentLifeOfEachCounter() {
        Random random = new Random(Seed.printed(LivesTest.class));
        Lives lives = new Lives(5_000);
        for (int round = 0; round < 3; round++) {
            Map<Long, Long> expected = new HashMap<>();
            while (!lives.isFull()) {
                long id = random.nextInt(4) == 0 ? random.nextInt(10_000) : random.nextLong();
                long life = random.nextInt(1_000) - 1;
                lives.put(id, life);
                expected.put(id, life);
            }
            assertThat(expected).hasSize(5_000);
            expected.forEach((id, life) -> {
                assertThat(lives.isPresent(id, life)).isTrue();
                assertThat(lives.isPresent(id, life + 1)).isFalse();
            });
            assertThat(lives.isPresent(20_000, 7)).isTrue();
            lives.clear();
            assertThat(lives.isFull()).isFalse();
        }
    }
}
