/** The read protocol: how query-api reads a counter's total from the instance that owns it, and the possible results. */
@NullMarked
package dev.tally.schemas.read;

import org.jspecify.annotations.NullMarked;
