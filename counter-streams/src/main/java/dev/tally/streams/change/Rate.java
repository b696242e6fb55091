package dev.tally.streams.change;

/** How fast a number grows, over the last looks at it. For one thread. */
final class Rate {
    private static final long NANOS_MIN = 1_000_000_000L;
    private static final double NANOS_A_SECOND = 1e9;

    private long lastValue;
    private long lastNanos;
    private double rate;

    /** A second. Zero until a second has passed. */
    double of(long value) {
        long now = System.nanoTime();
        if (lastNanos == 0) {
            lastValue = value;
            lastNanos = now;
        } else if (now - lastNanos >= NANOS_MIN) {
            rate = (value - lastValue) * NANOS_A_SECOND / (now - lastNanos);
            lastValue = value;
            lastNanos = now;
        }
        return rate;
    }
}
