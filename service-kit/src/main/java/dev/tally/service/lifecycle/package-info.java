/** The lifecycle of a process: services, their common HTTP server, signals and exit codes. */
@NullMarked
package dev.tally.service.lifecycle;

import org.jspecify.annotations.NullMarked;
