package dev.tally.system.exact;

import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Receipts;

/**
 * A read of a counter that the client has written to.
 *
 * @param after the receipt that the answer had to reflect; empty for none
 */
record Read(String after, CounterRead read) {
    /** Whether the answer states that it reflects the receipt. */
    boolean reflectsIt() {
        Receipt stated = read.receipt();
        return after.isEmpty()
                || (stated != null
                        && Receipts.parse(after).stream()
                                .filter(part -> part.partition() == stated.partition())
                                .allMatch(part -> part.offset() <= stated.offset()));
    }
}
