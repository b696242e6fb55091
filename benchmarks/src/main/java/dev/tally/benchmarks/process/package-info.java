/** The processes that a benchmark starts: their start, their CPU time and their end. */
@NullMarked
package dev.tally.benchmarks.process;

import org.jspecify.annotations.NullMarked;
