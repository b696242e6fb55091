/** Answers reads from the state of this instance. */
@NullMarked
package dev.tally.streams.read;

import org.jspecify.annotations.NullMarked;
