/** The load on the servers: skewed counters, and wrk. */
@NullMarked
package dev.tally.benchmarks.load;

import org.jspecify.annotations.NullMarked;
