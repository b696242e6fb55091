/** The parts of the benchmark, most of them an alternation of Tally and what it is measured against, and the floors. */
@NullMarked
package dev.tally.benchmarks.part;

import org.jspecify.annotations.NullMarked;
