/** What a request says, checked to the last byte and turned into events. */
@NullMarked
package dev.tally.ingest.event;

import org.jspecify.annotations.NullMarked;
