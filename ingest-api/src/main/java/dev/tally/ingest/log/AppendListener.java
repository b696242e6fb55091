package dev.tally.ingest.log;

/** Hears how one append ended. */
@FunctionalInterface
public interface AppendListener {
    /**
     * Called exactly once for each append: on the appending thread if it is refused at once, else on the one thread that
     * completes all appends. So it only hands over, never blocks, and does not append.
     */
    void ended(AppendOutcome outcome);
}
