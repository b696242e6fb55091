package dev.tally.streams.state.rocksdb;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The bound on the native memory of all RocksDB stores of a process: one block cache, which also includes their indexes, filters
 * and write buffers. (The defaults of Streams are about 100 MB for each store.)
 *
 * <p>Must be closed after the stores that use it.
 */
public final class StateMemory implements AutoCloseable {
    /** The share of write buffers; the rest is for reads. */
    private static final double WRITE_BUFFER_PART = 0.4;

    private final long bytesMax;
    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    static {
        RocksDB.loadLibrary();
    }

    public StateMemory(long bytesMax) {
        this.bytesMax = bytesMax;
        this.cache = new LRUCache(bytesMax);
        this.writeBuffers = new WriteBufferManager((long) (bytesMax * WRITE_BUFFER_PART), cache);
    }

    long bytesMax() {
        return bytesMax;
    }

    /** Native memory in use, in bytes. */
    public long usedBytes() {
        return cache.getUsage();
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
