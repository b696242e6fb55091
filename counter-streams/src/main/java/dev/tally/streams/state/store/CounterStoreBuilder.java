package dev.tally.streams.state.store;

import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.serving.ServingStores;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds the one store of the topology: a write-behind store over a logged RocksDB store, one per partition. */
public final class CounterStoreBuilder implements StoreBuilder<CounterStore> {
    /**
     * Compacted only, never deleted: the state is restored from it. Its timestamps are append times, since record times may be
     * years old in a replay. No value younger than an hour is compacted away, so that an instance that restores can determine how
     * far behind it is.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "3600000");

    private final ServingStores serving;
    private final FlushSchedulers schedulers;
    private final StateLimits limits;
    private final StateParameters parameters;
    private final LogCheck log;
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> inner;

    /**
     * @param serving receives the stores of the partitions that can be read
     * @param schedulers schedule the flushes of each stream thread
     * @param limits bounds on how much of the state of a partition is processed at once
     * @param parameters the settings that the state depends on in addition to the log
     * @param log checks the state against the log
     */
    public CounterStoreBuilder(
            String name,
            ServingStores serving,
            FlushSchedulers schedulers,
            StateLimits limits,
            StateParameters parameters,
            LogCheck log) {
        this.serving = serving;
        this.schedulers = schedulers;
        this.limits = limits;
        this.parameters = parameters;
        this.log = log;
        this.inner = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** The settings of the changelog that the state depends on. */
    public static Map<String, String> changelogConfigs() {
        return CHANGELOG;
    }

    @Override
    public CounterStore build() {
        return new WriteBehindStore(inner.build(), serving, schedulers, limits, parameters, log);
    }

    @Override
    public Map<String, String> logConfig() {
        return inner.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return inner.loggingEnabled();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public StoreBuilder<CounterStore> withCachingEnabled() {
        throw new UnsupportedOperationException("The store does its own write-behind");
    }

    @Override
    public StoreBuilder<CounterStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<CounterStore> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("The changelog's settings are part of the store");
    }

    @Override
    public StoreBuilder<CounterStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("The state cannot do without its changelog");
    }
}
