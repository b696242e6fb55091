/** The IDs of applied events within the deduplication window, in memory and in the store. */
@NullMarked
package dev.tally.streams.state.ids;

import org.jspecify.annotations.NullMarked;
