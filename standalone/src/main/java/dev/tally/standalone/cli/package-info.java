/** The command line behind {@code scripts/tally}: reads flags, does what they say, and turns every outcome into an exit code. */
@NullMarked
package dev.tally.standalone.cli;

import org.jspecify.annotations.NullMarked;
