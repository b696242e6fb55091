/** One counter's entry in the store, and its values as of one event. */
@NullMarked
package dev.tally.streams.state.counter;

import org.jspecify.annotations.NullMarked;
