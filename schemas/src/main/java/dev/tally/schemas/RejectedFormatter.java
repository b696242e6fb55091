package dev.tally.schemas;

import dev.tally.schemas.console.LineFormatter;
import dev.tally.schemas.console.RecordLines;

/**
 * Prints {@code tally.events.rejected}: {@code partition-offset of the event, time, key, reason, detail}, separated by tabs. A
 * missing header is printed as a dash.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.RejectedFormatter}, with {@code --formatter-property}
 * {@code json=true} and {@code counter=namespace/counter}. The name of this class is API.
 */
public final class RejectedFormatter extends LineFormatter {
    public RejectedFormatter() {
        super(schemas -> RecordLines.ofRejected());
    }
}
