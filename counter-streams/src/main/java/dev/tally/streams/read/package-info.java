/** Answers reads out of this instance's own state. */
@NullMarked
package dev.tally.streams.read;

import org.jspecify.annotations.NullMarked;
