/** query-api: serves live totals from the state of the instance that owns the counter. */
@NullMarked
package dev.tally.query;

import org.jspecify.annotations.NullMarked;
