package dev.tally.ingest.log;

/** Receives the outcome of one append. */
@FunctionalInterface
public interface AppendListener {
    /**
     * Called exactly once for each append: on the appending thread if the append is refused at once, else on the one
     * thread that completes all appends. An implementation only hands over the outcome. It never blocks and does not
     * append.
     */
    void ended(AppendOutcome outcome);
}
