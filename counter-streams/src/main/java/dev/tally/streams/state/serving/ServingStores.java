package dev.tally.streams.state.serving;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this instance serves as their active owner. It serves a partition from when its state is restored and its
 * processor is initialised until the processor is closed.
 *
 * <p>Stores are announced and withdrawn on their stream thread; any thread may look them up. {@code KafkaStreams.store} is not
 * used, because it throws during every rebalance, even for partitions that are not revoked.
 */
public final class ServingStores {
    private final ConcurrentHashMap<Integer, Lease> byPartition = new ConcurrentHashMap<>();

    /** The lease under which a partition is read, or null while this instance does not serve it. */
    public @Nullable Lease lease(int partition) {
        return byPartition.get(partition);
    }

    /**
     * Whether the lease is still valid. A store withdraws before it drops any state, so a read under a lease that is valid
     * afterwards saw complete state.
     */
    public boolean holds(Lease lease) {
        return byPartition.get(lease.partition) == lease;
    }

    public Set<Integer> partitions() {
        return Set.copyOf(byPartition.keySet());
    }

    /** Called by a store when it can be read. */
    public Lease announce(int partition, CounterView view) {
        Lease lease = new Lease(partition, view);
        byPartition.put(partition, lease);
        return lease;
    }

    /** Called by a store before it drops any state. */
    public void withdraw(Lease lease) {
        byPartition.remove(lease.partition, lease);
    }

    /** One uninterrupted period of serving a partition. The next period has another lease, even with the same store. */
    public static final class Lease {
        private final int partition;
        private final CounterView view;

        private Lease(int partition, CounterView view) {
            this.partition = partition;
            this.view = view;
        }

        public CounterView view() {
            return view;
        }
    }
}
