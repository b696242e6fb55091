/** One list of counters out of the pages of all partitions. */
@NullMarked
package dev.tally.query.list;

import org.jspecify.annotations.NullMarked;
