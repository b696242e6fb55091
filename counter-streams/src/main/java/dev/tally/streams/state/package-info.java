/** The state of counting: totals kept in memory, written behind to one logged RocksDB store, with the applied offset that says how far they go. */
@NullMarked
package dev.tally.streams.state;

import org.jspecify.annotations.NullMarked;
