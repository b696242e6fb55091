/** Runs the topology: Kafka's settings, the instance's membership, the end of the log. */
@NullMarked
package dev.tally.streams.runtime;

import org.jspecify.annotations.NullMarked;
