package dev.tally.streams.state.page;

import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.KeyBytes;
import dev.tally.streams.state.entry.StateKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The rankings of the most recently queried namespaces, and the rankings that are being built from the members in the store.
 *
 * <p>A ranking is built in slices. The state may be written out between two slices: a ranking that is being built receives the
 * changes of its members as a complete one does, and a slice reads the current entries of its members. A member that is processed
 * twice is therefore the same both times, and a member that was removed since the build began is skipped. Each query for the
 * namespace builds the next slice, so a ranking is built once, regardless of the number of queries.
 *
 * <p>Used by one thread at a time, see {@link TopIndex}.
 */
final class Rankings {
    /** The maximum number of members in a slice. The state is not written out during a slice. */
    static final int SLICE_MEMBERS = 100;

    static final int BUILDS_MAX = 2;
    private static final int KEPT_MAX = 64;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    /** Least recently queried first. */
    private final LinkedHashMap<KeyBytes, Ranking> kept = new LinkedHashMap<>();
    /** Oldest build first. */
    private final LinkedHashMap<KeyBytes, Build> builds = new LinkedHashMap<>();

    /** @param members the members at the start of the build that no slice has read yet */
    private record Build(Ranking ranking, KeyValueIterator<Bytes, byte[]> members) {}

    Rankings(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The ranking of a namespace, complete or being built; null if there is none. */
    @Nullable
    Ranking find(byte[] namespace) {
        if (kept.isEmpty() && builds.isEmpty()) {
            return null;
        }
        KeyBytes name = new KeyBytes(namespace);
        Ranking whole = kept.get(name);
        if (whole != null) {
            return whole;
        }
        Build build = builds.get(name);
        return build == null ? null : build.ranking;
    }

    /**
     * The complete ranking of a namespace, or null if it is not complete after one slice of work. If {@value #BUILDS_MAX} other
     * rankings are already being built, the slice belongs to the oldest of those.
     */
    @Nullable
    Ranking next(byte[] namespace) {
        KeyBytes name = new KeyBytes(namespace);
        Ranking whole = kept.remove(name);
        if (whole == null) {
            if (!builds.containsKey(name)) {
                if (builds.size() == BUILDS_MAX) {
                    slice(builds.keySet().iterator().next());
                    return null;
                }
                builds.put(name, new Build(new Ranking(), members(namespace)));
            }
            whole = slice(name);
        } else {
            kept.put(name, whole); // moves it to the end
        }
        return whole;
    }

    private @Nullable Ranking slice(KeyBytes name) {
        Build build = builds.get(name);
        if (build == null) {
            throw new IllegalStateException("No ranking is being built");
        }
        boolean read = false;
        try {
            for (int i = 0; i < SLICE_MEMBERS && build.members.hasNext(); i++) {
                take(build.ranking, StateKeys.unprefixed(build.members.next().key));
            }
            boolean whole = !build.members.hasNext();
            read = true;
            if (!whole) {
                return null;
            }
        } finally {
            if (!read) {
                drop(name);
            }
        }
        drop(name);
        kept.put(name, build.ranking);
        if (kept.size() > KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        return build.ranking;
    }

    private void take(Ranking ranking, byte[] key) {
        byte[] stored = store.get(StateFormat.totalKey(key));
        if (stored == null) {
            throw new IllegalStateException("The index names a counter that the state does not hold");
        }
        if (StateFormat.isIndexed(stored)) {
            CounterSnapshot counter = StateFormat.total(stored);
            ranking.put(key, counter.total(), counter.lastTime());
        }
    }

    private KeyValueIterator<Bytes, byte[]> members(byte[] namespace) {
        return NamespaceRange.open(store, TopIndex.PREFIX, namespace, NOTHING, NOTHING);
    }

    /** Removes the ranking of a namespace whose members no longer determine its largest counters. */
    void remove(byte[] namespace) {
        KeyBytes name = new KeyBytes(namespace);
        kept.remove(name);
        drop(name);
    }

    private void drop(KeyBytes name) {
        Build build = builds.remove(name);
        if (build != null) {
            build.members.close();
        }
    }

    /** The number of rankings that are being built. */
    int builds() {
        return builds.size();
    }

    void clear() {
        kept.clear();
        for (Map.Entry<KeyBytes, Build> build : builds.entrySet()) {
            build.getValue().members.close();
        }
        builds.clear();
    }
}
