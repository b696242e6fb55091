/** Counting a preloaded log: Tally's counting, the stock DSL and a bare consumer, each in a JVM of its own. */
@NullMarked
package dev.tally.benchmarks.counting;

import org.jspecify.annotations.NullMarked;
