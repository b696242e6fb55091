/** Medians, ratios, tables and floors: converts figures to text. */
@NullMarked
package dev.tally.benchmarks.report;

import org.jspecify.annotations.NullMarked;
