/** Formatters that make Kafka's console consumer print the topics in readable form. */
@NullMarked
package dev.tally.schemas;

import org.jspecify.annotations.NullMarked;
