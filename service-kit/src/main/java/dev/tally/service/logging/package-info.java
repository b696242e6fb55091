/** How the settings of the log reach the configuration of logback, which is read before anything else is. */
@NullMarked
package dev.tally.service.logging;

import org.jspecify.annotations.NullMarked;
