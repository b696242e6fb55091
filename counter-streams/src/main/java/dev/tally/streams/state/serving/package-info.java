/** What readers on any thread see of a partition, and which partitions this instance serves. */
@NullMarked
package dev.tally.streams.state.serving;

import org.jspecify.annotations.NullMarked;
