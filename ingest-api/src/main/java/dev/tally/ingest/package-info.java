/** ingest-api as a process and as a part of one: its settings, its service, its main. */
@NullMarked
package dev.tally.ingest;

import org.jspecify.annotations.NullMarked;
