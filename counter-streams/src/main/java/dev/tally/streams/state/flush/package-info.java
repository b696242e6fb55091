/** The pace of a stream thread's flushes and commits. */
@NullMarked
package dev.tally.streams.state.flush;

import org.jspecify.annotations.NullMarked;
