package dev.tally.schemas;

import dev.tally.schemas.console.LineFormatter;
import dev.tally.schemas.console.RecordLines;

/**
 * Prints {@code tally.totals}: {@code namespace/counter, total, updatedAt, partition-offset of the last event}, separated by
 * tabs. A tombstone has {@code deleted, its time, -}; an undecodable record has {@code undecodable, its time, why}.
 *
 * <p>For {@code kafka-console-consumer --formatter dev.tally.schemas.TotalFormatter}, with {@code --formatter-property}
 * {@code json=true} and {@code counter=namespace/counter}. The name of this class is API.
 */
public final class TotalFormatter extends LineFormatter {
    public TotalFormatter() {
        super(RecordLines::ofTotals);
    }
}
