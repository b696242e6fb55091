/** The topics as lines of text, for Kafka's console consumer. */
@NullMarked
package dev.tally.schemas.console;

import org.jspecify.annotations.NullMarked;
