package dev.tally.streams.state.serving;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * All entries of a partition's state as of one record, while counting continues. For one thread. The iterator throws
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException} when the store is closed.
 *
 * @param position the position of the last record that the entries include
 * @param entries in the order of their keys; the keys and values of the changelog
 */
public record StateEntries(CounterView.Position position, KeyValueIterator<Bytes, byte[]> entries)
        implements AutoCloseable {
    @Override
    public void close() {
        entries.close();
    }
}
