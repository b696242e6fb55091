/** query-api: answers live totals, out of the state of whoever owns a counter. */
@NullMarked
package dev.tally.query;

import org.jspecify.annotations.NullMarked;
