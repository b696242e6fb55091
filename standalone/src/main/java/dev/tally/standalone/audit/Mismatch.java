package dev.tally.standalone.audit;

import dev.tally.schemas.read.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * A counter that differs between the live state and the log.
 *
 * @param counter {@code namespace/counter}
 * @param live what the API listed; null if it did not list the counter
 * @param counted the result of all events up to the receipt; null if the counter does not exist then
 * @param at the receipt at which they were compared: the API stated that its answer is exact up to it
 */
public record Mismatch(
        String counter,
        @Nullable CounterValue live,
        @Nullable CounterValue counted,
        Receipt at) {}
