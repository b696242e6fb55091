/** The formatters by which Kafka's own console consumer shows the topics in readable form. */
@NullMarked
package dev.tally.schemas;

import org.jspecify.annotations.NullMarked;
