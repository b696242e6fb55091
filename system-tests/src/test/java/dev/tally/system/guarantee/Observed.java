package dev.tally.system.guarantee;

import dev.tally.system.client.CounterRead;
import java.time.Duration;

/**
 * One read, as its client recorded it.
 *
 * @param life how many times the system had been killed before
 */
public record Observed(CounterRead read, int life, Duration took) {}
