/** Lists of a namespace's counters: by name from the store, by total from the index of the largest. */
@NullMarked
package dev.tally.streams.state.page;

import org.jspecify.annotations.NullMarked;
