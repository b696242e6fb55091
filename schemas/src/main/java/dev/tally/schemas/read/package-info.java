/** The read contract: what can be read of counters, on which conditions, and the possible results. */
@NullMarked
package dev.tally.schemas.read;

import org.jspecify.annotations.NullMarked;
