/**
 * Histories: the sums of the added values by minute, hour and day, in the entries of the counters and in entries of their own.
 */
@NullMarked
package dev.tally.streams.state.history;

import org.jspecify.annotations.NullMarked;
