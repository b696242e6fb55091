package dev.tally.streams.state.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Sum128Test {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    @Test
    void shouldAddAndMultiplyModuloTwoToThe128() {
        long seed = Seed.printed(Sum128Test.class);
        Random random = new Random(seed);
        Sum128 sum = new Sum128();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            long[] n = {number(random), number(random), number(random), number(random)};
            if (random.nextBoolean()) {
                sum.add(n[0], n[1]);
                expected = expected.add(big(n[0], n[1]));
            } else {
                sum.addProduct(n[0], n[1], n[2], n[3]);
                expected = expected.add(big(n[0], n[1]).multiply(big(n[2], n[3])));
            }
            expected = expected.mod(MODULUS);
            assertThat(big(sum.high(), sum.low()).mod(MODULUS))
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private static long number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(3) - 1;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextLong();
        };
    }

    private static BigInteger big(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
