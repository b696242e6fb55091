/** Partition ownership, and reads of counters over HTTP at the instance that owns them. */
@NullMarked
package dev.tally.query.routing;

import org.jspecify.annotations.NullMarked;
