/** How a process starts, runs and ends: services, their one HTTP server, signals and exit codes. */
@NullMarked
package dev.tally.service.lifecycle;

import org.jspecify.annotations.NullMarked;
