package dev.tally.streams.topology;

import dev.tally.streams.state.store.CounterStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Builds the real store. A commit writes its changes only while commits are not held. The driver commits after each record,
 * whereas a commit of Kafka Streams covers many.
 */
final class HeldCommits implements StoreBuilder<CounterStore> {
    private final StoreBuilder<CounterStore> inner;
    private final List<KeyValue<Bytes, byte[]>> restored;
    private CounterStore store;
    private boolean isHeld;

    /** @param restored the contents of the store when counting opens it */
    HeldCommits(StoreBuilder<CounterStore> inner, List<KeyValue<Bytes, byte[]>> restored) {
        this.inner = inner;
        this.restored = restored;
    }

    void hold(boolean held) {
        isHeld = held;
    }

    /** The entries of the real store. */
    KeyValueStore<Bytes, byte[]> entries() {
        return wrapped(store);
    }

    @SuppressWarnings("unchecked")
    private static <S> S wrapped(Object store) {
        return (S) ((WrappedStateStore<?, ?, ?>) store).wrapped();
    }

    @Override
    public CounterStore build() {
        store = inner.build();
        return (CounterStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CounterStore.class, CachedStateStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (isHeld && Objects.equals(method.getName(), "flushCache")) {
            return null;
        }
        if (Objects.equals(method.getName(), "open")) {
            KeyValueStore<Bytes, byte[]> logged = wrapped(entries());
            KeyValueStore<Bytes, byte[]> unlogged = wrapped(logged);
            unlogged.putAll(restored);
        }
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
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
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<CounterStore> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<CounterStore> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreBuilder<CounterStore> withLoggingDisabled() {
        throw new UnsupportedOperationException();
    }
}
