/** The bytes of events and totals in Kafka: a frame of 0x00 and a 4-byte schema id, then Avro binary. */
@NullMarked
package dev.tally.schemas.wire;

import org.jspecify.annotations.NullMarked;
