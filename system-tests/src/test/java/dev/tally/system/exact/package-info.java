/** Clients that repeat themselves, correct themselves and read what they wrote, and the guarantees that watch them. */
@NullMarked
package dev.tally.system.exact;

import org.jspecify.annotations.NullMarked;
