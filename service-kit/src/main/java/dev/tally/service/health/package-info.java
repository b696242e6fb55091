/** Whether a process lives and whether it is ready: {@code /livez} and {@code /readyz}. */
@NullMarked
package dev.tally.service.health;

import org.jspecify.annotations.NullMarked;
