package dev.tally.streams.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The entries of one namespace's counters under one prefix of {@link StateFormat}, in the order of their names. */
final class NamespaceRange {
    /** No byte of UTF-8 is as large, and none of a name as small as the other. */
    private static final byte BEHIND = (byte) 0xFF;

    private static final byte NEXT = 0;

    private NamespaceRange() {}

    /**
     * @param start what the counters begin with
     * @param beyond the key of a counter, with its namespace, behind which to begin; empty for the first
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
            from = last; // behind them all
        }
        return store.range(Bytes.wrap(from), Bytes.wrap(last));
    }
}
