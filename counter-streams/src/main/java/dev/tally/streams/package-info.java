/** The counter-streams service: its settings, its start and its stop. */
@NullMarked
package dev.tally.streams;

import org.jspecify.annotations.NullMarked;
