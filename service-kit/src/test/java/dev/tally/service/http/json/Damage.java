package dev.tally.service.http.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Corrupts JSON: changes, removes or repeats bytes, or inserts a piece of JSON. */
final class Damage {
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

    Damage(Random random) {
        this.random = random;
    }

    /** A copy of the text with up to three random changes. */
    byte[] of(byte[] json) {
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
                            random.nextBoolean() ? from : to,
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
