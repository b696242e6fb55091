/** Clients that write and read during failures, and record every answer. */
@NullMarked
package dev.tally.system.load;

import org.jspecify.annotations.NullMarked;
