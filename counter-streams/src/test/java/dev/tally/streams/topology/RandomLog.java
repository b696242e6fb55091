package dev.tally.streams.topology;

import dev.tally.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random log of one partition: few counters, deletions and recreations, repeated IDs, values that overflow, late events, and
 * pauses in which buckets expire.
 */
public record RandomLog(List<Event> events) {
    private static final int COUNTERS = 20;
    private static final int MINUTE = 60_000;
    private static final long HOUR = 60L * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final List<Long> VALUES =
            List.of(0L, 1L, -1L, 7L, 1L << 62, -(1L << 62), Long.MAX_VALUE, Long.MIN_VALUE);

    /** @param id null if it has none */
    public record Event(long time, String name, Operation operation, long value, String id, long occurredAt) {}

    public static RandomLog of(Random random, int size) {
        List<Event> events = new ArrayList<>();
        long time = 1_732_000_000_000L + random.nextInt(1_000_000_000);
        int stepMax = random.nextBoolean() ? MINUTE : 20 * MINUTE;
        boolean small = random.nextBoolean();
        for (int i = 0; i < size; i++) {
            time += random.nextInt(100) == 0 ? random.nextLong(2 * DAY) : random.nextInt(stepMax);
            String name = "shop/c" + random.nextInt(COUNTERS);
            Operation operation = switch (random.nextInt(40)) {
                case 0 -> Operation.DELETE;
                case 1, 2, 3 -> Operation.SET;
                default -> Operation.ADD;
            };
            long value = VALUES.get(random.nextInt(small ? 4 : VALUES.size()));
            Event event = new Event(time, name, operation, value, id(random), occurredAt(time, random));
            events.add(event);
            if (event.id != null && random.nextInt(4) == 0) {
                events.add(event); // a duplicate
                i++;
            }
        }
        return new RandomLog(List.copyOf(events));
    }

    private static String id(Random random) {
        return random.nextBoolean() ? null : "id-" + random.nextInt(1_000);
    }

    private static long occurredAt(long time, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> time - random.nextInt(20 * MINUTE);
            case 1 -> time - random.nextLong(6 * HOUR);
            case 2 -> time - random.nextLong(20 * DAY);
            case 3 -> time + random.nextLong(5 * HOUR);
            case 4 -> time + random.nextLong(2_000 * DAY);
            default -> time;
        };
    }

    /** Sends an event, and ends a commit after it or not. */
    public static void send(CountingDriver counting, Event event, boolean endsCommit) {
        counting.holdCommits(!endsCommit);
        counting.sendAt(event.time, event.name, event.operation, event.value, event.id, event.occurredAt);
    }
}
