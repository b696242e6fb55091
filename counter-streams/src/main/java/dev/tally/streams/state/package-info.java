/** The fold's state: totals kept in memory, written behind to one logged RocksDB store, with the mark that says how far they go. */
@NullMarked
package dev.tally.streams.state;

import org.jspecify.annotations.NullMarked;
