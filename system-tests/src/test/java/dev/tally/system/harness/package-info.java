/** Starts, stops, kills and watches real processes through {@code scripts/tally}. */
@NullMarked
package dev.tally.system.harness;

import org.jspecify.annotations.NullMarked;
