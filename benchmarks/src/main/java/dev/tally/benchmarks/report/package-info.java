/** Medians, ratios, tables and floors: figures into text. */
@NullMarked
package dev.tally.benchmarks.report;

import org.jspecify.annotations.NullMarked;
