/**
 * The command line behind {@code scripts/tally}: parses flags, runs commands, and converts every outcome to an exit
 * code.
 */
@NullMarked
package dev.tally.standalone.cli;

import org.jspecify.annotations.NullMarked;
