/** Counting itself: from the log of events to totals, and nothing that knows a clock, an environment or a client. */
@NullMarked
package dev.tally.streams.topology;

import org.jspecify.annotations.NullMarked;
