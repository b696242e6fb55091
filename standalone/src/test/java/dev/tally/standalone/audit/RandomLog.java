package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.Operation;
import dev.tally.schemas.wire.EventEncoder;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A log with every kind of record: events with and without IDs, repeated and reused IDs, overflows, and rejected records. */
final class RandomLog {
    static final int PARTITIONS = 3;
    /** Short, so that many IDs expire. */
    static final long WINDOW_MILLIS = 1_000;

    private static final String[] NAMESPACES = {"a", "shop", "shop2"};
    private static final String[] NAMES = {"a", "a/b", "b", "ü", "z", "\uFF5E", "\uD83D\uDE00", "longer name"};
    private static final long[] VALUES = {1, 2, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, 7};

    private final Random random;
    private long time = 1_000_000;

    RandomLog(Random random) {
        this.random = random;
    }

    MemoryLog of(int records) {
        MemoryLog log = new MemoryLog(PARTITIONS);
        for (int i = 0; i < records; i++) {
            append(log);
        }
        return log;
    }

    private void append(MemoryLog log) {
        time += random.nextInt(200) - 60; // the clock of a broker may be set back
        byte[] key = key(pick(NAMESPACES) + "/" + pick(NAMES) + (random.nextInt(4) == 0 ? random.nextInt(10) : ""));
        switch (random.nextInt(30)) {
            case 0 -> log.append(random.nextInt(PARTITIONS), time, key, event()); // perhaps the wrong partition
            case 1 -> log.append(random.nextInt(PARTITIONS), time, key("no-slash"), event());
            case 2 -> log.append(random.nextInt(PARTITIONS), time, null, event());
            case 3 -> log.append(time, key, null);
            case 4 -> log.append(time, key, new byte[] {0, 1, 2});
            case 5 -> log.append(time, key, event("x".repeat(139 + random.nextInt(2)), null));
            case 6 -> log.append(time, key, event(null, "ü".repeat(50 + random.nextInt(2))));
            case 7 -> log.append(time, key, event("", null));
            case 8 -> log.append(time, key, event(null, ""));
            case 9 -> log.append(time, key, event("tab\t", null));
            default -> log.append(time, key, event());
        }
    }

    private byte[] event() {
        return event(random.nextInt(3) == 0 ? null : "id " + random.nextInt(6), null);
    }

    private byte[] event(@Nullable String id, @Nullable String source) {
        Operation operation = switch (random.nextInt(10)) {
            case 0 -> Operation.DELETE;
            case 1, 2 -> Operation.SET;
            default -> Operation.ADD;
        };
        long value = random.nextInt(4) == 0 ? VALUES[random.nextInt(VALUES.length)] : random.nextInt(100);
        return EventEncoder.released().encode(operation, value, id, time, source);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    static byte[] key(String name) {
        return name.getBytes(UTF_8);
    }
}
