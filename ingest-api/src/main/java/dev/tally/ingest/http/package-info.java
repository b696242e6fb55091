/** The HTTP API of the log: converts requests to events, appends them and responds with their outcome. */
@NullMarked
package dev.tally.ingest.http;

import org.jspecify.annotations.NullMarked;
