/** The HTTP face of the log: requests become events, events are appended, what becomes of them is answered. */
@NullMarked
package dev.tally.ingest.http;

import org.jspecify.annotations.NullMarked;
