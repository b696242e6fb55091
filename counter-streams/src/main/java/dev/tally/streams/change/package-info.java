/** What this instance does for a change of the live generation: it stops, compares and moves its partitions, or leads the change. */
@NullMarked
package dev.tally.streams.change;

import org.jspecify.annotations.NullMarked;
