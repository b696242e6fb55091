/** Clients that retry, correct and read their own writes, and the guarantees that judge their runs. */
@NullMarked
package dev.tally.system.exact;

import org.jspecify.annotations.NullMarked;
