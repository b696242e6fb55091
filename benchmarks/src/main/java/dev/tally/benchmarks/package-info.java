/** The command behind scripts/bench: which parts run, how often and for how long. */
@NullMarked
package dev.tally.benchmarks;

import org.jspecify.annotations.NullMarked;
