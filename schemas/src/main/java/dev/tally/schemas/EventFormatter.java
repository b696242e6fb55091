package dev.tally.schemas;

import dev.tally.schemas.console.LineFormatter;
import dev.tally.schemas.console.RecordLines;

/**
 * Prints {@code tally.events}: {@code partition-offset, time of append, namespace/counter, add|set|delete, value, id or -},
 * separated by tabs. A record that cannot be decoded is a line too, with the last columns {@code undecodable, -, why}.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.EventFormatter}, with {@code --formatter-property}
 * {@code json=true} and {@code counter=namespace/counter}. The name of this class is API.
 */
public final class EventFormatter extends LineFormatter {
    public EventFormatter() {
        super(RecordLines::ofEvents);
    }
}
