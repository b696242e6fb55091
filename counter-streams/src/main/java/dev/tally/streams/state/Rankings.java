package dev.tally.streams.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The rankings of the namespaces that were asked for last, and those that are being built from the members in the store.
 *
 * <p>A ranking is built in slices. Between two of them the state may be written out: a ranking that is being built gets the
 * changes of its members as a whole one does, and a slice reads the entries of its members as they are then. So a member that was
 * dealt with twice is the same both times, and one that has left since the build began is passed over. Whoever asks for the
 * namespace does the next slice, so each ranking is built once, however many ask for it.
 *
 * <p>Used by one thread at a time, see {@link WrittenState}.
 */
final class Rankings {
    /** How many members a slice reads: the state is not written out meanwhile. */
    static final int SLICE_MEMBERS = 100;

    static final int BUILDS_MAX = 2;
    private static final int KEPT_MAX = 64;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    /** The one that was asked for longest ago first. */
    private final LinkedHashMap<KeyBytes, Ranking> kept = new LinkedHashMap<>();
    /** The one that was begun first, first. */
    private final LinkedHashMap<KeyBytes, Build> builds = new LinkedHashMap<>();

    /** @param members that were there when it began, those left that no slice has read */
    private record Build(Ranking ranking, KeyValueIterator<Bytes, byte[]> members) {}

    Rankings(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The ranking of a namespace, whole or not; null if there is none. */
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
     * The whole ranking of a namespace, or null after a slice of work, if there is more to do. While as many others as may be are
     * being built, the slice is one of theirs.
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
            kept.put(name, whole); // behind all others
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
                take(build.ranking, StateFormat.unprefixed(build.members.next().key));
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

    /** Its members no longer tell which counters are the largest. */
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

    /** How many are being built. */
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
