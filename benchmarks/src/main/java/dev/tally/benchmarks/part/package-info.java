/** The four parts of the benchmark, each an alternation of Tally and what it is measured against. */
@NullMarked
package dev.tally.benchmarks.part;

import org.jspecify.annotations.NullMarked;
