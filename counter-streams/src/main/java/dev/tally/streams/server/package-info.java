/** The internal HTTP endpoint by which other processes read this instance's state. */
@NullMarked
package dev.tally.streams.server;

import org.jspecify.annotations.NullMarked;
