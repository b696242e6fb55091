package dev.tally.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Random input: numbers at their bounds, texts that are hard to encode, corrupted JSON. */
public final class RandomInput {
    private static final long[] EDGES = {0, 1, -1, 9_999, 10_000, 10_001, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final String CHARS = "abz09._~-%&=+#/?;,: \"\\\u0000\u007F\u00FC\u2028\uFFFD";
    private static final String[] PIECES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0",
        "-1",
        "1.0",
        "1e3",
        "01",
        "9223372036854775808",
        "99999999999999999999",
        "\\ud800",
        "\\u0000",
        ",",
        ":",
        "\"",
        "{",
        "}",
        "[",
        "]",
        " ",
        "\n",
        "\r",
        "\t",
        "true",
        "\uFEFF",
        "/**/",
        "#",
        "NaN",
        "'"
    };

    private final Random random;

    public RandomInput(Random random) {
        this.random = random;
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Any number. Every second one is at a bound or next to one. */
    public long number() {
        return oneIn(2)
                ? EDGES[random.nextInt(EDGES.length)] + random.nextInt(3) - 1
                : random.nextLong() >> random.nextInt(64);
    }

    /** As {@link #number}, with up to 96 bits. */
    public BigInteger bigNumber() {
        return oneIn(2) ? BigInteger.valueOf(number()) : new BigInteger(random.nextInt(97), random).negate();
    }

    /** At most 20 characters, without unpaired surrogates. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            if (oneIn(10)) {
                text.appendCodePoint(Character.MIN_SUPPLEMENTARY_CODE_POINT + random.nextInt(1 << 20));
            } else {
                text.append(CHARS.charAt(random.nextInt(CHARS.length())));
            }
        }
        return text.toString();
    }

    /** A copy with up to three random changes: bytes changed, removed or repeated, or a piece of JSON inserted. */
    public byte[] damaged(byte[] json) {
        byte[] damaged = json.clone();
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            int from = random.nextInt(damaged.length);
            int to = from + random.nextInt(Math.min(12, damaged.length - from));
            damaged = switch (random.nextInt(4)) {
                case 0 -> replaced(damaged, from, from + 1, new byte[] {(byte) random.nextInt()});
                case 1 -> replaced(damaged, from, to, new byte[0]);
                case 2 -> replaced(damaged, from, from, Arrays.copyOfRange(damaged, from, to));
                default ->
                    replaced(
                            damaged,
                            from,
                            oneIn(2) ? from : to,
                            PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
            };
        }
        return damaged;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] replaced = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
        System.arraycopy(by, 0, replaced, from, by.length);
        System.arraycopy(bytes, to, replaced, from + by.length, bytes.length - to);
        return replaced;
    }
}
