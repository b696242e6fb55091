package dev.tally.streams.state;

/** Told of every counter that changed, each time the state is written out; what it sends on is part of the transaction. */
@FunctionalInterface
public interface TotalsFeed {
    /** Called on the stream thread with the counter as it is written; it may not exist any more. */
    void changed(CounterEntry counter);
}
