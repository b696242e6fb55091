/** Digests of a partition's state as of one record, and the comparison of two of them. */
@NullMarked
package dev.tally.streams.state.digest;

import org.jspecify.annotations.NullMarked;
