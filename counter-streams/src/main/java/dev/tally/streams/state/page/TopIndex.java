package dev.tally.streams.state.page;

import dev.tally.schemas.read.CounterPage;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.streams.state.entry.KeyBytes;
import dev.tally.streams.state.entry.StateKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The counters of each namespace that may be among its largest on this partition. These counters are the members of the index.
 * No other counter ranks above the floor. A query for the largest counters is answered from the members. Their number is at most
 * {@link IndexLimits#membersMax}, regardless of the number of counters. They are read once and kept sorted while the namespace is
 * queried.
 *
 * <pre>
 * 'x' counter → (nothing)      a member
 * 'n' namespace                see NamespaceTop
 * 'l' namespace → (nothing)    it is being backfilled
 * </pre>
 *
 * <p>The index is not written at every change of a total, only when a counter rises above the floor or a member falls below it.
 * If there are too many members, the lowest are removed and the floor rises. If too few members remain, the namespace is
 * backfilled: all its counters are scanned for new members, a few at each commit. Until the backfill ends, a query for the
 * largest counters reads all counters of the namespace.
 *
 * <p>The floor never falls; the start of a backfill removes it. The result therefore does not depend on which changes a commit
 * contains, nor on their order.
 *
 * <p>The stream thread uses the index while it writes the state out. Between two writes, readers use it while they hold the lock
 * that keeps the state from being written.
 *
 * @param <C> a counter of the partition
 */
public final class TopIndex<C extends IndexedCounter> {
    static final byte PREFIX = 'x';
    private static final byte BACKFILL_PREFIX = 'l';

    private static final int BACKFILLED_A_RECORD = 2;
    private static final int NAMESPACES_MAX = 10_000;
    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final FlushBatch batch;
    private final Counters<C> counters;
    private final IndexLimits limits;
    private final Map<KeyBytes, NamespaceTop> tops = new HashMap<>();
    private final List<NamespaceTop> pending = new ArrayList<>();
    private final Set<NamespaceTop> scanning = new LinkedHashSet<>();
    /** Namespaces that have lost members since {@link #continueBackfill} was last called. */
    private final Set<NamespaceTop> thinned = new LinkedHashSet<>();

    private final Rankings rankings;

    private @Nullable NamespaceTop latest;

    /** The counters of the partition. */
    public interface Counters<C extends IndexedCounter> {
        /** From memory or from the store; the counter must be in one of them. */
        C get(byte[] key);

        /** From memory only. */
        @Nullable
        C inMemory(byte[] key);

        /** Writes the entry again, although its total has not changed. */
        void rewrite(C counter);
    }

    /** @param batch the writes of the current flush to the store */
    public TopIndex(KeyValueStore<Bytes, byte[]> store, FlushBatch batch, Counters<C> counters, IndexLimits limits) {
        this.store = store;
        this.batch = batch;
        this.counters = counters;
        this.limits = limits;
        this.rankings = new Rankings(store);
    }

    /** Loads the restored state and resumes the backfills that were in progress. */
    public void open() {
        Bytes first = Bytes.wrap(new byte[] {BACKFILL_PREFIX});
        Bytes end = Bytes.wrap(new byte[] {BACKFILL_PREFIX + 1});
        try (KeyValueIterator<Bytes, byte[]> unfinished = store.range(first, end)) {
            while (unfinished.hasNext()) {
                byte[] key = unfinished.next().key.get();
                if (key[0] == BACKFILL_PREFIX) {
                    byte[] namespace = Arrays.copyOfRange(key, 1, key.length);
                    tops.computeIfAbsent(new KeyBytes(namespace), unused -> load(namespace));
                }
            }
        }
    }

    /**
     * Updates the index for counters that have a new total, were created or were deleted. Counters that are no longer admitted
     * are removed before any counter is added, because the lowest member is determined from the members alone.
     *
     * @param changed the changed counters; the list may grow during the call
     * @param count the number of counters to update, from the first on
     */
    public void update(List<C> changed, int count) {
        for (int i = 0; i < count; i++) {
            C counter = changed.get(i);
            if (counter.isTotalChanged() && counter.isIndexed()) {
                NamespaceTop top = top(counter.key());
                if (!isAdmitted(top, counter)) {
                    leave(top, counter);
                    thinned.add(top);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            C counter = changed.get(i);
            if (counter.isTotalChanged()) {
                NamespaceTop top = top(counter.key());
                if (counter.isIndexed()) {
                    move(top, counter);
                } else if (isAdmitted(top, counter)) {
                    enter(top, counter);
                }
            }
        }
    }

    private static boolean isAdmitted(NamespaceTop top, IndexedCounter counter) {
        return counter.exists() && top.admits(rank(counter));
    }

    private static boolean isAdmitted(NamespaceTop top, byte[] key, CounterSnapshot counter) {
        return counter.exists() && top.admits(new Rank(counter.total(), key));
    }

    private void enter(NamespaceTop top, IndexedCounter counter) {
        batch.put(StateKeys.prefixed(PREFIX, counter.key()), NOTHING);
        counter.setIndexed(true);
        top.members++;
        changed(top);
        move(top, counter);
        if (top.members > limits.membersMax()) {
            raiseFloor(top);
        }
    }

    private void leave(NamespaceTop top, IndexedCounter counter) {
        batch.remove(StateKeys.prefixed(PREFIX, counter.key()));
        counter.setIndexed(false);
        top.members--;
        changed(top);
        Ranking ranking = rankings.find(top.namespace());
        if (ranking != null) {
            ranking.remove(counter.key());
        }
    }

    /** Moves the counter to its new rank, if the namespace has a ranking. */
    private void move(NamespaceTop top, IndexedCounter counter) {
        Ranking ranking = rankings.find(top.namespace());
        if (ranking != null) {
            ranking.put(counter.key(), counter.total(), counter.lastTime());
        }
    }

    /** Whether the members determine the largest counters, as of the written state. */
    public boolean isComplete(byte[] namespace) {
        if (rankings.find(namespace) != null) {
            return true;
        }
        byte[] top = store.get(NamespaceTop.stateKey(namespace));
        return top == null || NamespaceTop.read(namespace, top).isComplete();
    }

    /**
     * The largest counters from the members, which must be complete; null if another call is needed, after which the state may
     * have been written. Each call does a bounded amount of work.
     */
    public @Nullable CounterPage largest(byte[] namespace, int limit) {
        Ranking ranking = rankings.next(namespace);
        return ranking == null ? null : ranking.largest(namespace, limit);
    }

    /** The number of rankings that are being built. */
    public int rankingBuilds() {
        return rankings.builds();
    }

    private void raiseFloor(NamespaceTop top) {
        List<Rank> ranks = new ArrayList<>(top.members);
        batch.flush(); // makes the members that this flush has added readable from the store
        try (KeyValueIterator<Bytes, byte[]> members = range(PREFIX, top.namespace(), NOTHING)) {
            while (members.hasNext()) {
                byte[] key = StateKeys.unprefixed(members.next().key);
                ranks.add(rank(counters.get(key)));
            }
        }
        Collections.sort(ranks);
        for (Rank rank : ranks.subList(limits.membersKept(), ranks.size())) {
            C dropped = counters.get(rank.key());
            leave(top, dropped);
            counters.rewrite(dropped);
        }
        Rank highestDropped = ranks.get(limits.membersKept());
        if (top.admits(highestDropped)) { // otherwise the floor would fall
            top.floor = highestDropped;
        }
    }

    private void lookForOthers(NamespaceTop top) {
        top.floor = null;
        top.scanned = NOTHING;
        rankings.remove(top.namespace());
        scanning.add(top);
        changed(top);
        batch.put(StateKeys.prefixed(BACKFILL_PREFIX, top.namespace()), NOTHING);
    }

    /** Whether {@link #continueBackfill} has work even if no records arrive. */
    public boolean isBackfilling() {
        return !scanning.isEmpty();
    }

    /**
     * Continues the backfills in progress and starts those that are needed. Called after the updates of a commit.
     *
     * @param records the number of records processed since the last call
     */
    public void continueBackfill(int records) {
        int left = limits.backfilled() + BACKFILLED_A_RECORD * records;
        while (left > 0 && !scanning.isEmpty()) {
            left -= 1 + continueBackfill(scanning.iterator().next(), left);
        }
        // After the scans: a counter that is new in this commit and was not admitted is not in the store yet.
        for (NamespaceTop top : thinned) {
            if (top.floor != null && top.members < limits.membersMin() && top.isComplete()) {
                lookForOthers(top);
            }
        }
        thinned.clear();
    }

    private int continueBackfill(NamespaceTop top, int most) {
        byte[] upTo = top.scanned == null ? NOTHING : top.scanned;
        int seen = 0;
        changed(top);
        try (KeyValueIterator<Bytes, byte[]> all = range(StateFormat.TOTAL_PREFIX, top.namespace(), upTo)) {
            while (seen < most && all.hasNext()) {
                KeyValue<Bytes, byte[]> stored = all.next();
                upTo = StateKeys.unprefixed(stored.key);
                seen++;
                consider(top, upTo, stored.value);
            }
            top.scanned = upTo;
            if (!all.hasNext()) {
                top.scanned = null;
                scanning.remove(top);
                batch.remove(StateKeys.prefixed(BACKFILL_PREFIX, top.namespace()));
                thinned.add(top); // many members may have fallen below the floor during the backfill
            }
        }
        return seen;
    }

    private void consider(NamespaceTop top, byte[] key, byte[] stored) {
        C inMemory = counters.inMemory(key);
        boolean admitted = inMemory == null
                ? !StateFormat.isIndexed(stored) && isAdmitted(top, key, StateFormat.total(stored))
                : !inMemory.isIndexed() && isAdmitted(top, inMemory);
        if (admitted) {
            C entry = counters.get(key);
            enter(top, entry);
            counters.rewrite(entry);
        }
    }

    /** Writes the changed namespace records. */
    public void flush() {
        for (NamespaceTop top : pending) {
            batch.put(NamespaceTop.stateKey(top.namespace()), top.value());
            top.pending = false;
        }
        pending.clear();
        if (tops.size() > NAMESPACES_MAX) {
            tops.values().removeIf(NamespaceTop::isComplete);
            latest = null;
        }
    }

    private void changed(NamespaceTop top) {
        if (!top.pending) {
            top.pending = true;
            pending.add(top);
        }
    }

    private NamespaceTop top(byte[] counter) {
        NamespaceTop last = latest;
        if (last != null && isOf(last.namespace(), counter)) {
            return last;
        }
        byte[] namespace = NamespaceTop.namespaceOf(counter);
        NamespaceTop top = tops.computeIfAbsent(new KeyBytes(namespace), unused -> load(namespace));
        latest = top;
        return top;
    }

    private NamespaceTop load(byte[] namespace) {
        byte[] stored = store.get(NamespaceTop.stateKey(namespace));
        if (stored == null) {
            return new NamespaceTop(namespace);
        }
        NamespaceTop top = NamespaceTop.read(namespace, stored);
        if (!top.isComplete()) {
            scanning.add(top);
        }
        return top;
    }

    private static boolean isOf(byte[] namespace, byte[] counter) {
        return counter.length > namespace.length
                && counter[namespace.length] == '/'
                && Arrays.equals(namespace, 0, namespace.length, counter, 0, namespace.length);
    }

    private static Rank rank(IndexedCounter counter) {
        return new Rank(counter.total(), counter.key());
    }

    private KeyValueIterator<Bytes, byte[]> range(byte prefix, byte[] namespace, byte[] beyond) {
        return NamespaceRange.open(store, prefix, namespace, NOTHING, beyond);
    }

    /** Drops what is only in memory. */
    public void clear() {
        tops.clear();
        pending.clear();
        scanning.clear();
        thinned.clear();
        rankings.clear();
        latest = null;
    }
}
