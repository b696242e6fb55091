package dev.tally.streams.topology;

/** An event has an operation that this version does not support. Counting stops, since it would otherwise miscount. */
public final class UnknownOperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownOperationException(int partition, long offset) {
        super("The event at " + partition + "-" + offset
                + " asks for an operation that this version does not know: upgrade counter-streams before the writers");
    }
}
