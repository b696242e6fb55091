/** The record of the generations of counting: what the services and the command line agree on in {@code tally.generations}. */
@NullMarked
package dev.tally.schemas.generation;

import org.jspecify.annotations.NullMarked;
