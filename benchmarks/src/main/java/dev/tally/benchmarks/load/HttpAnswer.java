package dev.tally.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * One answer of a server.
 *
 * @param receipt from the header {@code Tally-Receipt}; null if there is none
 * @param nanos when its last byte was read, on the clock of {@link System#nanoTime}
 */
record HttpAnswer(int status, @Nullable String receipt, String body, long nanos) {}
