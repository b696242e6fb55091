/** Parses and validates requests and converts them to events. */
@NullMarked
package dev.tally.ingest.event;

import org.jspecify.annotations.NullMarked;
