/** The HTTP face of the log: requests become hits, hits are appended, outcomes become answers. */
@NullMarked
package dev.tally.ingest.http;

import org.jspecify.annotations.NullMarked;
