package dev.tally.ingest.event;

import dev.tally.testkit.RandomInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private final Random random;
    private final RandomInput input;

    RandomHits(Random random) {
        this.random = random;
        this.input = new RandomInput(random);
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

    /** The JSON in UTF-8; about every second time with up to three random changes. */
    byte[] damaged(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return input.oneIn(2) ? bytes : input.damaged(bytes);
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
