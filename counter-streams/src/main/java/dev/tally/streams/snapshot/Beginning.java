package dev.tally.streams.snapshot;

import dev.tally.schemas.generation.CountingParameters;

/** How a new generation begins, see {@link Beginnings#of}. */
public sealed interface Beginning {
    /**
     * It counts what the log has, on the state that is prepared for it, if any.
     *
     * @param parameters the settings that it must be counted with
     */
    record Counts(CountingParameters parameters) implements Beginning {}

    /**
     * Its totals would lack events.
     *
     * @param sentence why, for the operator
     */
    record Refused(String sentence) implements Beginning {}
}
