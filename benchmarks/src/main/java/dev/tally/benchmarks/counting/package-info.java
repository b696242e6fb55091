/** Counting a preloaded log: Tally's fold, the stock DSL and a bare consumer, each in a JVM of its own. */
@NullMarked
package dev.tally.benchmarks.counting;

import org.jspecify.annotations.NullMarked;
