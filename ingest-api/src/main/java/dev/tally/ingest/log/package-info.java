/** The log of events as ingest writes it: appends that never block and are answered exactly once, and the Kafka behind them. */
@NullMarked
package dev.tally.ingest.log;

import org.jspecify.annotations.NullMarked;
