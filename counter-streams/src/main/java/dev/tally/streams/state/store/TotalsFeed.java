package dev.tally.streams.state.store;

/** Called for every changed counter each time the state is written out. The records that it forwards are in the transaction. */
@FunctionalInterface
public interface TotalsFeed {
    /** Called on the stream thread with the counter as it is written. The counter may have been deleted. */
    void changed(CounterEntry counter);
}
