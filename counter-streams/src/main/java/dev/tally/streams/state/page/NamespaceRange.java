package dev.tally.streams.state.page;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The entries of one namespace's counters under one prefix of the state, in the order of their names. */
final class NamespaceRange {
    /** Larger than any byte of UTF-8; {@link #NEXT} is smaller than any byte of a name. */
    private static final byte BEHIND = (byte) 0xFF;

    private static final byte NEXT = 0;

    private NamespaceRange() {}

    /**
     * @param start the prefix of the counters
     * @param beyond the key of a counter, including its namespace, after which the range starts; empty for the first counter
     */
    static KeyValueIterator<Bytes, byte[]> open(
            KeyValueStore<Bytes, byte[]> store, byte prefix, byte[] namespace, byte[] start, byte[] beyond) {
        byte[] first = ByteBuffer.allocate(2 + namespace.length + start.length)
                .put(prefix)
                .put(namespace)
                .put((byte) '/')
                .put(start)
                .array();
        byte[] last =
                ByteBuffer.allocate(first.length + 1).put(first).put(BEHIND).array();
        byte[] from = first;
        if (beyond.length > 0) {
            byte[] next = ByteBuffer.allocate(beyond.length + 2)
                    .put(prefix)
                    .put(beyond)
                    .put(NEXT)
                    .array();
            from = java.util.Arrays.compareUnsigned(next, first) > 0 ? next : first;
        }
        if (java.util.Arrays.compareUnsigned(from, last) > 0) {
            from = last; // after all of them
        }
        return store.range(Bytes.wrap(from), Bytes.wrap(last));
    }
}
