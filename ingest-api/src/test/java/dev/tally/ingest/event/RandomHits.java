package dev.tally.ingest.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random hits as clients might write them: mostly valid, sometimes at a bound or beyond it, and corrupted on request. */
final class RandomHits {
    private static final String[] DELTAS = {
        "1",
        "0",
        "-0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "1.0",
        "\"1\"",
        "null"
    };
    private static final String[] TIMES = {
        "2026-11-24T12:00:00Z",
        "2026-11-24T12:10:00.000Z",
        "2026-11-24T12:10:00.001Z",
        "2026-10-25T13:00:00+01:00",
        "2026-10-25T11:59:59.999Z",
        "2026-11-24t11:59:59.5z",
        "2026-11-24"
    };
    private static final String[] TEXTS = {
        "a",
        "order 7",
        "~",
        "",
        "\u00FC",
        "\\u0041",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\u007f",
        "\\\"",
        "x".repeat(100),
        "x".repeat(101),
        "\u20AC".repeat(33),
        "\u20AC".repeat(34),
        "y".repeat(128),
        "y".repeat(129)
    };
    private static final String[] NAMES = {
        "a",
        "shop",
        "a.b",
        ".",
        "..",
        "-a",
        "A",
        "a/b",
        "%2F",
        "\u00FC",
        "\\u0000",
        "",
        "n".repeat(64),
        "n".repeat(65),
        "n".repeat(200),
        "n".repeat(201)
    };
    private static final String[] PIECES = {
        "null", "{}", "[]", "\"\"", "0", "-1", "1.0", "1e3", "01", "\\ud800", ",", ":", "\"", "{", "}", "[", "]", " ",
        "\n", "\r", "\t", "true", "\uFEFF", "/**/", "#"
    };

    private final Random random;

    RandomHits(Random random) {
        this.random = random;
    }

    /** @param named whether the hit names its counter */
    String next(boolean named) {
        List<String> fields = new ArrayList<>();
        if (named) {
            fields.add("\"namespace\":\"" + any(NAMES, 2) + "\"");
            fields.add("\"counter\":\"" + any(NAMES, 3) + "\"");
        }
        perhaps(fields, "\"delta\":" + any(DELTAS, 6));
        perhaps(fields, "\"occurredAt\":\"" + any(TIMES, 2) + "\"");
        perhaps(fields, "\"id\":\"" + any(TEXTS, 3) + "\"");
        perhaps(fields, "\"source\":\"" + any(TEXTS, 3) + "\"");
        Collections.shuffle(fields, random);
        return "{" + String.join(random.nextBoolean() ? "," : " , ", fields) + "}";
    }

    /** A copy with up to three random changes: bytes changed, removed or repeated, or a piece of JSON inserted. */
    byte[] damaged(String json) {
        byte[] damaged = json.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(6) - 2; i > 0 && damaged.length > 0; i--) {
            int from = random.nextInt(damaged.length);
            int to = from + random.nextInt(Math.min(12, damaged.length - from));
            damaged = switch (random.nextInt(4)) {
                case 0 -> replaced(damaged, from, from + 1, new byte[] {(byte) random.nextInt()});
                case 1 -> replaced(damaged, from, to, new byte[0]);
                case 2 -> replaced(damaged, from, from, Arrays.copyOfRange(damaged, from, to));
                default ->
                    replaced(damaged, from, from, any(PIECES, PIECES.length).getBytes(StandardCharsets.UTF_8));
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

    private void perhaps(List<String> fields, String field) {
        if (random.nextBoolean()) {
            fields.add(field);
        }
    }

    /** Mostly one of the first {@code usual} values, which are valid. */
    private String any(String[] values, int usual) {
        return values[random.nextInt(random.nextInt(6) == 0 ? values.length : usual)];
    }
}
