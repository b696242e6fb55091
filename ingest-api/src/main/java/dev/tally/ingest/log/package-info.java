/** The event log as ingest writes it, on Kafka. Appends never block, and each is answered exactly once. */
@NullMarked
package dev.tally.ingest.log;

import org.jspecify.annotations.NullMarked;
