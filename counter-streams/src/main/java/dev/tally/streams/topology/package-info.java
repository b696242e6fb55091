/** The counting topology, from the log of events to totals. It depends on no clock, environment or client. */
@NullMarked
package dev.tally.streams.topology;

import org.jspecify.annotations.NullMarked;
