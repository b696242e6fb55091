/**
 * The counting state. Totals are kept in memory and written behind to one logged RocksDB store, together with the applied offset,
 * the offset of the last record that the totals include.
 */
@NullMarked
package dev.tally.streams.state;

import org.jspecify.annotations.NullMarked;
