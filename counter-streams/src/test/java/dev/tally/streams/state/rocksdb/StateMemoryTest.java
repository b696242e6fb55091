package dev.tally.streams.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StateMemoryTest {
    private static final long BYTES_MAX = 8L << 20;

    private final StateMemory memory = new StateMemory(BYTES_MAX);

    @TempDir
    private Path temporary;

    @Test
    void shouldGiveEveryStoreTheSameCacheAndWriteBuffers() {
        try (memory;
                Options first = options();
                Options second = options()) {
            assertThat(first.writeBufferManager()).isSameAs(second.writeBufferManager());
            assertThat(memory.shared()).isSameAs(memory.shared());
        }
    }

    @Test
    void shouldCountTheStoresOfTwoGenerationsTogether() throws RocksDBException {
        try (memory;
                Options first = options();
                Options second = options();
                RocksDB live = RocksDB.open(first, temporary.resolve("g1").toString());
                RocksDB next = RocksDB.open(second, temporary.resolve("g2").toString())) {
            // when
            fill(live);
            long one = memory.usedBytes();
            fill(next);

            // then
            assertThat(one).isPositive();
            assertThat(memory.usedBytes()).isGreaterThan(one);
        }
    }

    @Test
    void shouldUseNoMemoryBeforeTheFirstStoreAndAfterTheClose() {
        // then
        assertThat(memory.usedBytes()).isZero();

        // when
        options().close();
        memory.close();
        memory.close();

        // then
        assertThat(memory.usedBytes()).isZero();
        assertThatIllegalStateException().isThrownBy(this::options);
    }

    private Options options() {
        Options options = new Options().setCreateIfMissing(true);
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new BoundedRocksDb().setConfig("counters", options, Map.of(BoundedRocksDb.STATE_MEMORY_CONFIG, memory));
        return options;
    }

    /** More than one arena block of write buffers. */
    private static void fill(RocksDB store) throws RocksDBException {
        for (int i = 0; i < 300; i++) {
            store.put(new byte[] {(byte) i, (byte) (i >> 8)}, new byte[1_000]);
        }
    }
}
