package dev.tally.streams.state.rocksdb;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/** Bounds every RocksDB store by the process's {@link StateMemory}, which is passed in the Streams configuration. */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** The key of the {@link StateMemory} object in the Streams configuration. */
    public static final String STATE_MEMORY_CONFIG = "tally.state.memory";

    private static final int WRITE_BUFFERS_MAX = 3;
    private static final long WRITE_BUFFER_BYTES_MAX = 16L << 20;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        StateMemory memory = (StateMemory) configs.get(STATE_MEMORY_CONFIG);
        if (memory == null) {
            throw new IllegalStateException("No " + STATE_MEMORY_CONFIG + " in the Streams configuration");
        }
        StateMemory.Shared shared = memory.shared();
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writeBuffers());
        options.setWriteBufferSize(Math.min(WRITE_BUFFER_BYTES_MAX, memory.bytesMax() / 8));
        options.setMaxWriteBufferNumber(WRITE_BUFFERS_MAX);
        // Streams omits filters on the last level, which suits stores whose keys are mostly found. Most IDs are new.
        options.setOptimizeFiltersForHits(false);
    }

    @Override
    public void close(String storeName, Options options) {
        // The memory belongs to the process, not to this store.
    }
}
