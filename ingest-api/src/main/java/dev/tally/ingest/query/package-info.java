/** How ingest-api asks query-api, over HTTP, what became of an event. */
@NullMarked
package dev.tally.ingest.query;

import org.jspecify.annotations.NullMarked;
