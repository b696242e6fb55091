/** The internal HTTP endpoint for reads of this instance's state by other processes. */
@NullMarked
package dev.tally.streams.server;

import org.jspecify.annotations.NullMarked;
