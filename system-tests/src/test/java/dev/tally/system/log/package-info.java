/** Reads and writes the log of events with plain Kafka clients, and counts it with an independent model. */
@NullMarked
package dev.tally.system.log;

import org.jspecify.annotations.NullMarked;
