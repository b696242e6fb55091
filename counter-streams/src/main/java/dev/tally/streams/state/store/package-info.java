/**
 * The write-behind store of a partition: counters in memory, written behind to one logged RocksDB store together with the applied
 * offset, the offset of the last record that the totals include.
 */
@NullMarked
package dev.tally.streams.state.store;

import org.jspecify.annotations.NullMarked;
