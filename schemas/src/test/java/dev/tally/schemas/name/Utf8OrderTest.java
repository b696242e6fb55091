package dev.tally.schemas.name;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
    /** Characters of one to four bytes, and those at the boundary where the order of chars differs from the order of bytes. */
    private static final int[] CHARACTERS = {
        'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };

    @Test
    void shouldOrderTextsAsTheirBytes() {
        long seed = Seed.printed(Utf8OrderTest.class);
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            // given
            String one = text(random);
            String other = text(random);

            // when, then
            assertThat(Integer.signum(Utf8Order.INSTANCE.compare(one, other)))
                    .as("seed %d: %s, %s", seed, one, other)
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8))));
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(4), 0, CHARACTERS.length)
                .map(i -> CHARACTERS[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
