/** The formatters that users name to Kafka's console consumer. Their names are API. */
@NullMarked
package dev.tally.schemas;

import org.jspecify.annotations.NullMarked;
