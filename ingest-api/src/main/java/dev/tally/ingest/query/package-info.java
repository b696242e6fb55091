/** The client with which ingest-api asks query-api over HTTP for the outcome of an event. */
@NullMarked
package dev.tally.ingest.query;

import org.jspecify.annotations.NullMarked;
