/** Snapshots of the state in {@code tally.snapshots}: written beside counting, and read by a rebuild of a log without its beginning. */
@NullMarked
package dev.tally.streams.snapshot;

import org.jspecify.annotations.NullMarked;
