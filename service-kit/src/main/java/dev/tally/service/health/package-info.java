/** Liveness and readiness of a process: {@code /livez} and {@code /readyz}. */
@NullMarked
package dev.tally.service.health;

import org.jspecify.annotations.NullMarked;
