/** Passes the log settings to logback's configuration, which is read before everything else. */
@NullMarked
package dev.tally.service.logging;

import org.jspecify.annotations.NullMarked;
