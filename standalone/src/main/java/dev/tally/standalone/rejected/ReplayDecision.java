package dev.tally.standalone.rejected;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;

/** What is done with a rejected event. */
sealed interface ReplayDecision {
    /**
     * Counting would accept it now, as far as the event alone shows.
     *
     * @param origin of the rejected event
     * @param value the value to append: that of the event, or the same with another id
     */
    @SuppressWarnings("ArrayRecordComponent") // never changed, and not compared
    record Append(Receipt origin, CounterName counter, byte[] value) implements ReplayDecision {}

    /**
     * It stays in the dead-letter topic.
     *
     * @param why one phrase, for people
     */
    record Leave(String why) implements ReplayDecision {}
}
