/** Runs the topology: the Kafka configuration, the membership of the instance and the end of the log. */
@NullMarked
package dev.tally.streams.runtime;

import org.jspecify.annotations.NullMarked;
