/** ingest-api as a process and as a part of another process: its settings, its service and its main class. */
@NullMarked
package dev.tally.ingest;

import org.jspecify.annotations.NullMarked;
