/** Clients that write and read while things go wrong, and remember what they were told. */
@NullMarked
package dev.tally.system.load;

import org.jspecify.annotations.NullMarked;
