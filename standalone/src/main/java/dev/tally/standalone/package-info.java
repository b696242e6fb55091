/** Runs the whole system in one JVM: a real Kafka broker over a data directory, and the services on top of it. */
@NullMarked
package dev.tally.standalone;

import org.jspecify.annotations.NullMarked;
