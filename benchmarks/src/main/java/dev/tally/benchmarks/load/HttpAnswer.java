package dev.tally.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * One answer of a server.
 *
 * @param receipt of the header {@code Tally-Receipt}; null if there is none
 * @param nanos when its last byte was read, as {@link System#nanoTime} counts
 */
record HttpAnswer(int status, @Nullable String receipt, String body, long nanos) {}
