/** The check of the state against the log, as the state needs it. */
@NullMarked
package dev.tally.streams.state.log;

import org.jspecify.annotations.NullMarked;
