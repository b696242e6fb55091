/** Merges the pages of all partitions into one list of counters. */
@NullMarked
package dev.tally.query.list;

import org.jspecify.annotations.NullMarked;
