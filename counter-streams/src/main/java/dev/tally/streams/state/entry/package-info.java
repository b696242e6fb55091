/** Keys and values of the store that every part of the state uses, and the batches in which a flush writes them. */
@NullMarked
package dev.tally.streams.state.entry;

import org.jspecify.annotations.NullMarked;
