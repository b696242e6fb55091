/**
 * The parts of the benchmark, most of which alternate between Tally and the system it is compared with, and the floors.
 */
@NullMarked
package dev.tally.benchmarks.part;

import org.jspecify.annotations.NullMarked;
