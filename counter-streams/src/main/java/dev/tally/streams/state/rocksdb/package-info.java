/** The single limit of RocksDB's memory in a process. */
@NullMarked
package dev.tally.streams.state.rocksdb;

import org.jspecify.annotations.NullMarked;
