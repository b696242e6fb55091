/** The record of the generations in Kafka: followed by every instance, changed by one writer at a time. */
@NullMarked
package dev.tally.streams.generation;

import org.jspecify.annotations.NullMarked;
