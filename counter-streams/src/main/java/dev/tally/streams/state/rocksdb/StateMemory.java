package dev.tally.streams.state.rocksdb;

import org.jspecify.annotations.Nullable;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The bound on the native memory of all RocksDB stores of a process, whatever generation they belong to: one block cache, which
 * also includes their indexes, filters and write buffers. (The defaults of Streams are about 100 MB for each store.)
 *
 * <p>The first store allocates it. Must be closed after the stores that use it. Thread-safe.
 */
public final class StateMemory implements AutoCloseable {
    /** The share of write buffers; the rest is for reads. */
    private static final double WRITE_BUFFER_PART = 0.4;

    private final long bytesMax;
    private @Nullable Shared shared;
    private boolean closed;

    /** Allocates nothing yet. */
    public StateMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    long bytesMax() {
        return bytesMax;
    }

    /** Native memory in use, in bytes; 0 before the first store and after {@link #close}. */
    public synchronized long usedBytes() {
        Shared now = shared;
        return now == null ? 0 : now.cache.getUsage();
    }

    /**
     * The cache and write buffers, which every store uses.
     *
     * @throws IllegalStateException if it is closed
     */
    synchronized Shared shared() {
        if (closed) {
            throw new IllegalStateException("A store was opened after the memory of all stores was closed");
        }
        Shared now = shared;
        if (now == null) {
            RocksDB.loadLibrary();
            Cache cache = new LRUCache(bytesMax);
            now = new Shared(cache, new WriteBufferManager((long) (bytesMax * WRITE_BUFFER_PART), cache));
            shared = now;
        }
        return now;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Shared now = shared;
        if (now != null) {
            shared = null;
            now.writeBuffers.close();
            now.cache.close();
        }
    }

    /** The native objects. */
    record Shared(Cache cache, WriteBufferManager writeBuffers) {}
}
