/** The table of bad requests: the bytes sent and the refusal expected. */
@NullMarked
package dev.tally.system.bad;

import org.jspecify.annotations.NullMarked;
