/** The registry every service reports to, and {@code /metrics}. */
@NullMarked
package dev.tally.service.metrics;

import org.jspecify.annotations.NullMarked;
