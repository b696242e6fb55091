/** Appends rejected events to the log again, each at most once, and only those that counting would accept now. */
@NullMarked
package dev.tally.standalone.rejected;

import org.jspecify.annotations.NullMarked;
