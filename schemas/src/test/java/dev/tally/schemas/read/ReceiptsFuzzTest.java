package dev.tally.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the parser of receipts with a slow reference implementation of the same grammar on random texts. */
class ReceiptsFuzzTest {
    private static final Pattern PART = Pattern.compile("(0|[1-9][0-9]*)-(0|[1-9][0-9]*)");
    private static final String ALPHABET = "0123456789-,- ,01x+\u0661";
    private static final BigInteger PARTITION_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger OFFSET_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldReadExactlyWhatTheGrammarAllows() {
        System.out.println("ReceiptsFuzzTest seed " + seed);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            // given
            String text = random.nextBoolean() ? damaged(receipts()) : noise();

            // when
            Receipts parsed = Receipts.parse(text);

            // then
            assertThat(parsed == null ? null : parsed.toString()).as("%s", text).isEqualTo(slowly(text));
            valid += parsed == null ? 0 : 1;
        }
        assertThat(valid).isBetween(10_000, 190_000); // both outcomes must be frequent
    }

    private static @Nullable String slowly(String text) {
        if (text.length() > Receipts.TEXT_CHARS_MAX) {
            return null;
        }
        BigInteger before = BigInteger.ONE.negate();
        for (String part : text.split(",", -1)) {
            var matcher = PART.matcher(part);
            if (!matcher.matches()) {
                return null;
            }
            BigInteger partition = new BigInteger(matcher.group(1));
            BigInteger offset = new BigInteger(matcher.group(2));
            if (partition.compareTo(before) <= 0
                    || partition.compareTo(PARTITION_MAX) > 0
                    || offset.compareTo(OFFSET_MAX) > 0) {
                return null;
            }
            before = partition;
        }
        return text;
    }

    /** Mostly valid. */
    private String receipts() {
        StringBuilder text = new StringBuilder();
        BigInteger partition = BigInteger.valueOf(random.nextInt(3));
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 800 : 5); i >= 0; i--) {
            BigInteger offset = new BigInteger(random.nextInt(66), random);
            text.append(text.isEmpty() ? "" : ",").append(partition).append('-').append(offset);
            partition = partition.add(new BigInteger(random.nextInt(20) == 0 ? 32 : 4, random).add(BigInteger.ONE));
        }
        return text.toString();
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(3) - 1; i > 0; i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, any());
                default -> damaged.setCharAt(at, any());
            }
        }
        return damaged.toString();
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            noise.append(any());
        }
        return noise.toString();
    }

    private char any() {
        return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
}
